import HTTPTypes

@testable import Web

/// Bodies good enough to come as far as the record itself: an API call that is refused for its form never asks whose record it
/// is. Where none is given, an empty object goes.
extension RouteDeclaration {
  var sampleBody: (type: String, text: String) {
    let json = method == .patch ? "application/merge-patch+json" : "application/json"
    let path = template.replacing("/api/v1", with: "")
    if path.hasSuffix("/attachments") {
      let part = "--b\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a.txt\"\r\nContent-Type: text/plain\r\n\r\nA\r\n--b--\r\n"
      return ("multipart/form-data; boundary=b", part)
    }
    return (json, method == .post ? Self.bodies[path] ?? "{}" : "{}")
  }

  private static let bodies = [
    "/clients/:id/history": #"{"kind":"contact","channel":"call","direction":"in","occurredAt":"2026-11-01T10:00:00Z","subject":"Price"}"#,
    "/history/:id/correction": #"{"subject":"Price","reason":"mixed up"}"#,
    "/history/:id/withdrawal": #"{"reason":"mixed up"}"#,
    "/clients/:id/promises": #"{"side":"us","what":"price","dueDate":"2026-11-20"}"#,
    "/promises/:id/renegotiation": #"{"dueDate":"2026-11-20","reason":"agreed"}"#,
    "/clients/:id/facts": #"{"kind":"preference","text":"Green tea"}"#,
    "/clients/:id/dossier": #"{"section":"cost","date":"2026-03-12","what":"Free work"}"#,
    "/rates": #"{"currency":"PLN","from":"2026-01-01","value":"0.2345"}"#,
    "/clients/:id/deals": #"{"name":"Survey"}"#,
    "/deals/:id/stage": #"{"stageId":2}"#,
    "/clients/:id/opportunities": #"{"text":"A shop in Varna"}"#,
    "/mails/:id/filing": #"{"clientId":999999}"#,
    "/opportunities/:id/refusal": #"{"reason":"no budget"}"#,
    "/offerings": #"{"name":"Interview"}"#,
    "/purchases/bulk": #"{"items":[]}"#,
    "/people/:id/bounces": #"{"email":"anna@example.com"}"#,
    "/clients/:id/manager": #"{"person":{"givenName":"Boris"}}"#,
    "/clients/:id/people": #"{"person":{"givenName":"Anna"},"role":"Director"}"#,
  ]
}
