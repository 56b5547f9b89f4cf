import Domain

extension Place {
  /// Landlines are of the ranges that Ofcom keeps free for plays and films.
  static let britain = Place(
    country: Country("GB"), language: .en, share: 12,
    women: words("""
      Charlotte Emily Hannah Imogen Priya Rachel Sophie Fiona Grace Harriet Aisha Bethany Catriona Eleanor Gwen Isla Joanne Lydia Megan \
      Nadia Olivia Rosalind Sarah Tamsin Zoë
      """),
    men: words("""
      James Oliver Thomas Daniel Alistair Ben Callum David Ewan Frederick George Harish Ian Jonathan Kieran Luke Matthew Nathan Owen \
      Patrick Rhys Samuel Tariq Vincent William
      """),
    families: pairs("""
      Whitcombe Hartley Ashworth Pemberton Fairclough O’Neill MacLeod Llewellyn Bradshaw Thornton Sutcliffe Barrowclough Patel Okafor \
      Hargreaves Holloway Winterbourne Ellison Forsyth Greenhalgh Radcliffe Stanhope Tindall Wetherby Yates Kirkbride Langford Merrick \
      Osgood Pryce Quigley Rowntree Somerville Trevelyan Underwood Vickers
      """),
    fathers: [],
    towns: [
      Town(name: "London", zone: "Europe/London", postcode: "SE# #@@", phone: "020 7946 0###"),
      Town(name: "London", zone: "Europe/London", postcode: "N# #@@", phone: "020 7946 0###"),
      Town(name: "Manchester", zone: "Europe/London", postcode: "M# #@@", phone: "0161 496 0###"),
      Town(name: "Leeds", zone: "Europe/London", postcode: "LS# #@@", phone: "0113 496 0###"),
      Town(name: "Birmingham", zone: "Europe/London", postcode: "B# #@@", phone: "0121 496 0###"),
      Town(name: "Edinburgh", zone: "Europe/London", postcode: "EH# #@@", phone: "0131 496 0###"),
      Town(name: "Bristol", zone: "Europe/London", postcode: "BS# #@@", phone: "0117 496 0###"),
      Town(name: "Glasgow", zone: "Europe/London", postcode: "G# #@@", phone: "0141 496 0###"),
    ],
    streets: lines("""
      High Street
      Station Road
      Mill Lane
      Church Street
      Victoria Road
      Canal Wharf
      Queen Street
      Bridge Street
      Albion Place
      Kingsway
      Market Square
      Park Row
      """),
    roots: words("""
      Thornbury Kestrel Ashdown Merrow Foxglove Larkspur Wrenfield Saltmarsh Hollins Pennine Harrier Briarwood Copperfield Netherby \
      Silverdale Oxbow Wolds Gorse Rookery Tidewater Marlow Fenwick Bluebell Caldbeck
      """),
    mobileCodes: ["07400 ", "07480 ", "07500 ", "07710 ", "07860 "], mobileDigits: 6, mailHost: "mail.example",
    months: words("January February March April May June July August September October November December"))
}
