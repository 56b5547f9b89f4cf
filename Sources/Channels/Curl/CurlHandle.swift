import CCurl
import Domain

/// What every mail connection asks of libcurl.
enum CurlHandle {
  /// Once, before any other use (curl_global_init is not safe to call from two threads).
  static let isReady = curl_global_init(Int(CURL_GLOBAL_SSL)) == CURLE_OK

  static func setUp(
    _ curl: UnsafeMutableRawPointer, _ protocols: String, _ security: MailSecurity, caFile: String?, username: String, secret: String
  ) {
    _ = dossier_curl_set_text(curl, CURLOPT_PROTOCOLS_STR, protocols)
    // A proxy named in the environment is for browsers.
    _ = dossier_curl_set_text(curl, CURLOPT_PROXY, "")
    let level = security == .starttls ? CURLUSESSL_ALL : CURLUSESSL_NONE
    _ = dossier_curl_set_long(curl, CURLOPT_USE_SSL, Int(level.rawValue))
    if let caFile { _ = dossier_curl_set_text(curl, CURLOPT_CAINFO, caFile) }
    if !username.isEmpty {
      _ = dossier_curl_set_text(curl, CURLOPT_USERNAME, username)
      _ = dossier_curl_set_text(curl, CURLOPT_PASSWORD, secret)
    }
    _ = dossier_curl_set_long(curl, CURLOPT_NOSIGNAL, 1)
    _ = dossier_curl_set_long(curl, CURLOPT_CONNECTTIMEOUT, 15)
  }
}
