import Domain

extension Place {
  static let poland = Place(
    country: Country("PL"), language: .pl, share: 25,
    women: words("""
      Agnieszka Magdalena Katarzyna Małgorzata Joanna Ewa Anna Monika Zofia Łucja Żaneta Dorota Beata Kinga Aleksandra Natalia Wioletta \
      Urszula Hanna Julia Halina Iwona Grażyna Izabela Celina
      """),
    men: words("""
      Piotr Tomasz Krzysztof Paweł Michał Marcin Łukasz Wojciech Grzegorz Jakub Stanisław Zbigniew Rafał Bartosz Maciej Sławomir Dariusz \
      Przemysław Mateusz Kamil Jerzy Witold Radosław Cezary Błażej
      """),
    families: pairs("""
      Kowalczyk Wójcik Nowak Mazur Zając Woźniak Dąbrowska/Dąbrowski Lewandowska/Lewandowski Wiśniewska/Wiśniewski \
      Zielińska/Zieliński Szymańska/Szymański Jankowska/Jankowski Kwiatkowska/Kwiatkowski Krawczyk Piotrowska/Piotrowski \
      Grabowska/Grabowski Pawłowska/Pawłowski Michalska/Michalski Król Wróbel Jabłońska/Jabłoński Stępień Górska/Górski \
      Rutkowska/Rutkowski Sikora Baran Duda Szewczyk Ostrowska/Ostrowski Tomaszewska/Tomaszewski Zalewska/Zalewski Wrona Gołąb Żak \
      Ćwiklińska/Ćwikliński Łukasik Bąk Pietrzak Kubiak Świątek
      """),
    fathers: [],
    towns: [
      Town(name: "Warszawa", zone: "Europe/Warsaw", postcode: "00-#10", phone: "22 82# ## ##"),
      Town(name: "Warszawa", zone: "Europe/Warsaw", postcode: "02-#95", phone: "22 64# ## ##"),
      Town(name: "Kraków", zone: "Europe/Warsaw", postcode: "31-#02", phone: "12 42# ## ##"),
      Town(name: "Wrocław", zone: "Europe/Warsaw", postcode: "50-#38", phone: "71 34# ## ##"),
      Town(name: "Poznań", zone: "Europe/Warsaw", postcode: "61-#12", phone: "61 85# ## ##"),
      Town(name: "Gdańsk", zone: "Europe/Warsaw", postcode: "80-#55", phone: "58 30# ## ##"),
      Town(name: "Łódź", zone: "Europe/Warsaw", postcode: "90-#01", phone: "42 63# ## ##"),
      Town(name: "Lublin", zone: "Europe/Warsaw", postcode: "20-#09", phone: "81 53# ## ##"),
      Town(name: "Katowice", zone: "Europe/Warsaw", postcode: "40-#14", phone: "32 25# ## ##"),
    ],
    streets: lines("""
      ul. Długa
      ul. Polna
      ul. Marszałkowska
      ul. Świętokrzyska
      al. Niepodległości
      ul. Kościuszki
      ul. Mickiewicza
      ul. Słoneczna
      ul. Piłsudskiego
      ul. Szeroka
      ul. Żeromskiego
      ul. Ogrodowa
      ul. Zamkowa
      ul. Lipowa
      ul. Rzemieślnicza
      """),
    roots: words("""
      Jaskółka Brzoza Bursztyn Wierzba Śnieżka Noteć Pieniny Sokół Dunajec Żuraw Zefir Kalina Świteź Barbakan Modrzew Rysy Bieszczad \
      Morwa Kłos Wilga Jantar Czapla Dąbrówka Źródło Gopło
      """),
    mobileCodes: ["501", "512", "530", "570", "600", "602", "660", "691", "721", "730", "781", "880"], mobileDigits: 6,
    mailHost: "poczta.example",
    months: words("stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia"))
}
