/// Providers where anybody has an address: the domain says nothing about whose it is.
package enum FreeMail {
  package static func has(_ domain: String) -> Bool { domains.contains(domain.lowercased()) }

  private static let domains: Set<String> = [
    "gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "hotmail.co.uk", "live.com", "msn.com", "yahoo.com", "yahoo.co.uk", "icloud.com",
    "me.com", "aol.com", "gmx.com", "gmx.net", "gmx.de", "mail.com", "proton.me", "protonmail.com", "zoho.com", "btinternet.com",
    "mail.ru", "bk.ru", "list.ru", "inbox.ru", "internet.ru", "yandex.ru", "yandex.com", "ya.ru", "rambler.ru", "vk.com",
    "wp.pl", "o2.pl", "onet.pl", "onet.eu", "interia.pl", "interia.eu", "op.pl", "poczta.fm", "poczta.onet.pl", "gazeta.pl", "tlen.pl", "vp.pl",
    "abv.bg", "mail.bg", "dir.bg", "gbg.bg", "data.bg",
  ]
}
