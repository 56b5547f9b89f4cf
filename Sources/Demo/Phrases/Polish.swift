extension PhraseBank {
  static let polish = PhraseBank("""
    # request
    s Nowe zapytanie: {product}
    s Zainteresowanie badaniem: {product}
    s {project}: pierwsze zapytanie
    b {person} pyta, czy zdążymy z badaniem na {date}. Temat: {product}.
    b Przygotowują odświeżenie oferty i chcą wiedzieć, kto kupuje i dlaczego. Temat: {product}.
    b Trafili do nas z polecenia. Najważniejsze pytanie: co powstrzymuje ludzi przed spróbowaniem. Produkt: {product}.
    b {person} zna nasz wykład i prosi o propozycję. Budżet nie jest jeszcze ustalony.
    b Sprzedaż od roku stoi w miejscu. Chcą usłyszeć klientów, a nie dział sprzedaży.
    m Proszą o przykłady prac z tej samej branży.
    m Danych mają dużo, nie ma kto ich zrozumieć.
    m Decyzja zapadnie w ciągu {days} dni roboczych.
    o Spotkanie umówione: {date}
    o Obiecany krótki plan: {date}
    o Wysłane dwa przykłady
    # approach
    s Pierwsza rozmowa
    s Przedstawiliśmy się
    b Przedstawiliśmy agencję. Za badania odpowiada {person}; rozmowa z zainteresowaniem.
    b Na razie robią ankiety sami, darmowym narzędziem. Chętnie poznają drugą opinię.
    b Opowiedzieliśmy, o co pytają inni w branży. {person} chce zobaczyć ceny.
    b Po spotkaniu na konferencji ({city}) umówiliśmy się na rozmowę.
    m Na ten kwartał nie planują badań.
    m Plan roczny powstaje jesienią: wtedy warto wrócić.
    o Wysłana prezentacja agencji
    o Kolejny telefon po {date}
    o Mają się odezwać
    # brief
    s Brief: {project}
    s {project}: czego chcą się dowiedzieć
    b Omówiliśmy brief. Grupa docelowa: osoby w wieku 25–54 lata, kupujące w ostatnich trzech miesiącach.
    b {person} oczekuje jednej jasnej odpowiedzi: gdzie tracą kupujących i których.
    b Ustaliliśmy pytania. Próba {n} wywiadów wystarczy, z nadreprezentacją: {city}.
    b Od wyniku zależą trzy decyzje. Najpierw spisaliśmy je, potem pytania.
    b Dostaliśmy zeszłoroczny raport. Przydatny, ale próba za mała na podział według wieku.
    b Rozmowa o marce i o konkurencji. Najbardziej martwią ich młodzi kupujący.
    m Jakość ważniejsza niż termin, mówi {person}.
    m Zarząd zbiera się {date}: wyniki muszą być gotowe na ten dzień.
    m Nazwy konkurentów nie mogą pojawić się w kwestionariuszu rekrutacyjnym.
    o Oferta do wysłania: {date}
    o Przyślą też brief na piśmie
    o Ustalone: oferta w ciągu {days} dni roboczych
    # offer
    s Oferta nr {no}: {project}
    s {project}: nasza propozycja
    b Wysłaliśmy ofertę nr {no}: {n} wywiadów, {days} dni roboczych w terenie, {price} netto.
    b W ofercie dwa warianty: tylko online albo online i bezpośrednio, miasto: {city}. Pierwszy kosztuje {price}.
    b Oferta obejmuje projekt, teren, tabele i warsztat. Razem {price}, ważna do: {date}.
    b Proponujemy zacząć od pilotażu i potem zdecydować o reszcie. Pilotaż mieści się w cenie {price}.
    m Dodaliśmy stronę o tym, czego ta próba nie pokaże.
    m Przy dwóch falach rabat {percent}%.
    o Oferta wysłana, odpowiedź do: {date}
    o Porównają z jeszcze jedną agencją
    # bargain
    s {project}: cena i zakres
    s Pytania do oferty
    b {person} pyta, co można pominąć, żeby zmieścić się w budżecie. Zaproponowaliśmy krótszy kwestionariusz.
    b Podejście się podoba, ale dział zakupów chce {percent}% mniej.
    b Pytają, czy naprawdę potrzeba {n} wywiadów. Wyjaśniliśmy błąd próby na dwóch przykładach.
    b Chcą tej samej ceny z dodatkową grupą, miasto: {city}. W zamian raport tylko w wersji elektronicznej.
    b Przysłali własny wzór umowy. Zapisy o danych musi obejrzeć nasz prawnik.
    m Termin nie jest kłopotem, pieniądze tak.
    m W sprawie płatności bez zmian: 30 dni.
    o Będzie nowa wersja oferty
    o Zostaje {price}
    o Dzielimy fakturę na dwie
    # agreed
    s {project}: zaczynamy
    s Umowa podpisana: {project}
    b Mamy podpisaną umowę. Cena {price}, połowa przy podpisaniu.
    b {person} potwierdza projekt. Zamówienie przyjdzie jutro.
    b Zamówienie na projekt „{project}” jest u nas. Zaczynamy zgodnie z planem.
    b Wybrali drugi wariant. Chcą zacząć wcześniej niż {date}.
    m Po naszej stronie projekt prowadzi {us}.
    o Spotkanie początkowe: {date}
    o Zamówienie przyjęte
    # lost
    s {project}: tym razem nie
    s Wybrali kogoś innego
    b Wybrali inną agencję: o {percent}% taniej, z mniejszą próbą.
    b Projekt odłożony. Budżet poszedł na reklamę.
    b {person} dziękuje za propozycję. Centrala ma umowę ramową i trzeba z niej korzystać.
    b W tym roku zrobią ankietę własnymi siłami.
    m Proszą o stały kontakt.
    m Powiedzieli otwarcie, że nasza oferta była lepiej przemyślana.
    o Zamknięte bez zamówienia
    o Zapytać za rok
    # kickoff
    s Spotkanie początkowe: {project}
    s {project}: start
    b Spotkanie początkowe w pełnym składzie. Role, daty i forma raportu ustalone.
    b Przeszliśmy przez harmonogram: teren od: {date}, {n} wywiadów, co tydzień wiadomość e-mail.
    b Na spotkaniu byli ludzie ze sprzedaży. Dzięki ich pytaniom kwestionariusz jest lepszy.
    b Ustaliliśmy, kto co zatwierdza. Kwestionariusz zatwierdza tylko {person}.
    m Logo i zdjęcia produktów dostaniemy w tym tygodniu.
    m Po jednej osobie do kontaktu z każdej strony, żeby było prosto.
    o Kwestionariusz do akceptacji: {date}
    o Notatka wysłana
    # field
    s {project}: teren
    s Wieści z terenu
    b Wysłaliśmy ostateczny kwestionariusz z zaznaczonymi zmianami.
    b Pilotaż zakończony: dwa pytania były źle rozumiane, poprawiliśmy. {person} akceptuje.
    b Teren ruszył, miasto: {city}. Pierwsze wywiady idą dobrze, średnio 14 minut.
    b Odsłuchaliśmy dwanaście nagrań: ankieterzy trzymają się tekstu.
    b Gotowe {percent}% próby. Kwota „mężczyźni do 30 lat” idzie wolno, zgodnie z przewidywaniem.
    b Mamy komplet: {n} wywiadów. Od jutra kontrola i ważenie.
    m Na razie nie ma nic do decyzji.
    m Dołączyła druga ekipa, żeby dotrzymać terminu.
    o Zgodnie z planem
    o Kwota przesunięta: {date}
    # trouble
    s {project}: kłopot
    s Zmiana planu: {project}
    b {person} prosi o trzy dodatkowe pytania, choć teren już trwa.
    b Respondent skarży się, że dzwoniono do niego dwa razy. Przeprosiliśmy, numer usunięty z listy.
    b Produkty do testu przyjechały za późno, miasto: {city}. Dwie grupy trzeba przełożyć.
    b Nie są zadowoleni, że tygodniowa wiadomość przyszła w piątek wieczorem. Mają rację.
    b Zauważyli złe zdjęcie w ankiecie online. W godzinę zatrzymaliśmy ankietę i zmieniliśmy zdjęcie.
    m {person} przyjmuje to spokojnie.
    m Koszt po naszej stronie.
    o Załatwione tego samego dnia
    o Nowy termin: {date}
    o Dwa pytania dodane, trzecie w następnej fali
    # interim
    s {project}: wyniki cząstkowe
    s Pierwsze liczby: {project}
    b Pierwsze liczby: spontaniczna znajomość marki {percent}%, więcej niż oczekiwali.
    b Pokazaliśmy tabele cząstkowe. Wynik dla miasta zaskakuje ({city}), razem obejrzeliśmy surowe dane.
    b Wysłaliśmy raport cząstkowy. Przeszkodą nie jest cena: ludzie po prostu nie znajdują produktu.
    b Warsztat w połowie drogi: dwie z pięciu hipotez już odpadły.
    m Proszą o podział na regiony.
    m Na razie nie przesyłać dalej, baza jest mała.
    o Dalej zgodnie z planem
    o Dodajemy podział na regiony
    # final
    s {project}: prezentacja końcowa
    s Wyniki przedstawione: {project}
    b Przedstawiliśmy wyniki zarządowi. Z planowanych czterdziestu minut zrobiły się dwie godziny.
    b Prezentacja końcowa, miasto: {city}. Trzy rekomendacje, pierwszą już wdrażają.
    b {person} prosi o dwie strony streszczenia dla sklepów. Długa wersja zostaje w marketingu.
    b Przekazaliśmy raport i dane. Najważniejsze: {percent}% dawnych kupujących chętnie wróci.
    b Liczyli na inny wynik, ale przyjęli go dobrze.
    m Na koniec brawa, a to rzadkość.
    m Dyrektor handlowy nadal nie ufa próbie.
    o Raport przyjęty
    o Streszczenie do wysłania: {date}
    # invoice
    s Faktura nr {no}
    s {project}: faktura
    b Wysłaliśmy fakturę nr {no} na {price}, termin 30 dni.
    b Faktura końcowa poszła razem z podpisanym protokołem.
    b Przypomnienie o fakturze nr {no}. W ich księgowości była pod innym numerem.
    m Ich system wymaga numeru zamówienia w temacie wiadomości.
    o Zapłata do: {date}
    o Wysłana
    # thanks
    s Telefon z podziękowaniem
    s {project}: jak się pracowało?
    b Telefon z podziękowaniem. {person} mówi, że raport jest w użyciu co tydzień.
    b Zapytaliśmy, co robić lepiej: krótsze wiadomości i wcześniej. Zapisane.
    b Dobra rozmowa. Z projektu „{project}” są zadowoleni i chętnie nas polecą.
    b Z pracy zadowoleni, z liczby e-maili mniej.
    m Możemy się na nich powoływać.
    m Wspomnieli o spółce siostrze, której możemy się przydać.
    o Ocena 9 na 10
    o Ocena 8 na 10
    o Jesienią rozmowa o planie na rok
    # checkIn
    s Co słychać?
    s W kontakcie
    b Gorący sezon, na razie bez badań.
    b {person} opowiada o nowej linii: {product}. Wiosną może być potrzebny test.
    b Wysłaliśmy artykuł o tym, jak ludzie wybierają, z dwiema uwagami od nas. Temat: {product}.
    b Zapytaliśmy o rekomendacje: dwie z trzech wdrożone.
    b Reorganizacja: od przyszłego miesiąca marketing podlega sprzedaży.
    b Pytają, czy inni w branży też widzą spadek. Powiedzieliśmy, ile można, bez nazw.
    b Otworzyli oddział, miasto: {city}. Gratulacje i pytanie o sąsiadów.
    b {person} pyta, ile takie badanie kosztuje u innych. Podaliśmy widełki. Temat: {product}.
    b Konkurent obniżył ceny o {percent}%. Na razie czekają.
    b U nich bez zmian. Opowiedzieliśmy o naszej pracy nad czytaniem etykiet.
    b Powstaje budżet na przyszły rok. {person} wpisze do niego badanie.
    b Szukają analityka i pytają, czy kogoś znamy.
    m Nie ma potrzeby dzwonić wcześniej niż {date}.
    m Miło im, że pamiętamy.
    o Zostajemy w kontakcie
    o Kolejny telefon po {date}
    # greeting
    s Życzenia świąteczne
    s Kartka na święta
    b Wysłaliśmy kartkę z podpisami całego zespołu.
    b Życzenia spokojnych świąt i podziękowanie za ten rok.
    b Życzenia dobrego roku i zdjęcie całego zespołu.
    # birthday
    s Urodziny
    b Życzenia urodzinowe. {person} dziękuje.
    b Krótkie życzenia, po minucie odpowiedź z uśmiechem.
    # invitation
    s Zaproszenie: śniadanie badaczy
    s Nasz doroczny dzień klienta
    b Zaproszenie na śniadanie badaczy, {date}: na czym rodziny oszczędzają, a na czym nie.
    b Wysłaliśmy zaproszenie na dzień klienta, miasto: {city}. {person} planuje przyjść.
    b Zaproponowaliśmy dwa bezpłatne miejsca na warsztacie „Jak czytać tabele”.
    o Przyjdą
    o Tym razem nie mogą
    o Na razie bez odpowiedzi
    # newManager
    s Poznajemy się: {person}
    s Nowa osoba do kontaktu: {person}
    b Pierwsza rozmowa po przejęciu spraw. Opowiedzieliśmy, co zrobiliśmy razem i co jest otwarte.
    b {person} przychodzi z innej branży i zna pracę z dużą agencją. Prosi o liczby z dawnych projektów.
    b Przekazaliśmy zestawienie naszych projektów. Zapytaliśmy, co zmienić.
    m Woli krótkie e-maile od telefonów.
    o W planie spotkanie, miasto: {city}
    o Zestawienie wysłane
    # question
    s Pytanie o dane
    s Drobna prośba
    b {person} nie widzi tabeli według wieku. Wysłaliśmy ponownie z wyjaśnieniem.
    b Pytają, czy liczby można pokazać sieci handlowej. Można, z podaniem źródła. Temat: {product}.
    b Potrzebne wykresy w ich szablonie. Gotowe w godzinę, bez opłaty.
    b Chcą wiedzieć, jak nasza próba ma się do oficjalnych statystyk.
    b {person} nie może znaleźć linku do raportu. Wysłaliśmy nowy.
    b Proszą o dokładne brzmienie jednego pytania, do informacji prasowej.
    b Chcą podziału według wielkości miejscowości. Możliwy od 80 wywiadów; daliśmy to, co się utrzymuje.
    b O badanie pyta ich dziennikarz. Ustaliliśmy, które liczby można cytować.
    b {person} pyta, jak długo trzymamy nagrania. Wyjaśniliśmy zasadę, także na piśmie.
    o Odpowiedź tego samego dnia
    o Sprawa załatwiona
    # silence
    s Bez odpowiedzi
    s Próba kontaktu
    b Dwa telefony, wiadomość zostawiona w recepcji.
    b Dwa ostatnie e-maile bez odpowiedzi. Możliwe, że {person} jest na urlopie.
    b Skrzynka pełna. Poprosiliśmy recepcję o inny adres.
    o Spróbować po {date}
    # note
    s Dla nas
    s Wewnętrzne
    b Płacą na czas, ale po przypomnieniu. Wpisane do kalendarza.
    b Decydują dwie osoby: wiadomości zawsze do obu.
    b Najpierw czytają tabele, potem wnioski. Tabele wysyłać pierwsze.
    b Przed następną ofertą sprawdzić marżę projektu „{project}”: rekrutacja wyszła drożej.
    b Rok obrachunkowy kończy się w marcu. Niewydany budżet widać w lutym.
    """)
}
