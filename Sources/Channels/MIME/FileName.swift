/// A file's name as a mail says it, made harmless: no path, no control characters, never empty.
enum FileName {
  static func plain(_ raw: String, mediaType: String) -> String {
    let last = raw.split { $0 == "/" || $0 == "\\" }.last.map(String.init) ?? ""
    let name = MIMEMessage.oneLine(last).drop { $0 == "." }
    if !name.isEmpty { return shortened(String(name)) }
    return extensions[mediaType].map { "file.\($0)" } ?? "file"
  }

  /// At most 150 characters, the ending kept.
  private static func shortened(_ name: String) -> String {
    guard name.unicodeScalars.count > 150 else { return name }
    let ending = name.lastIndex(of: ".").map { name[$0...] } ?? ""
    let kept = ending.unicodeScalars.count > 10 ? "" : ending
    return String(String.UnicodeScalarView(name.unicodeScalars.prefix(150 - kept.unicodeScalars.count))) + kept
  }

  private static let extensions = [
    "application/pdf": "pdf", "application/zip": "zip", "application/msword": "doc", "application/rtf": "rtf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx", "application/vnd.ms-excel": "xls",
    "image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp", "image/svg+xml": "svg",
    "text/calendar": "ics", "text/vcard": "vcf", "text/x-vcard": "vcf", "text/csv": "csv", "text/plain": "txt", "text/html": "html",
    "application/json": "json", "application/xml": "xml", "text/xml": "xml", "application/pkcs7-signature": "p7s",
    "application/pgp-signature": "asc", "audio/mpeg": "mp3", "video/mp4": "mp4", "message/rfc822": "eml",
  ]
}
