/// The headings of client lists, in four languages and of the exports of Google, Outlook, Thunderbird, HubSpot, Salesforce,
/// LinkedIn and EspoCRM. Compared folded and without anything but letters and digits, so that "E-mail", "e mail" and "EMAIL"
/// are one, as are "First Name" and "FirstName". What is composed of parts ("Business Phone 2") is in `HeadingPhrase`.

enum HeadingTable {
  static func field(_ heading: String) -> ImportField? { byKey[key(heading)] }

  /// The heading as it is compared.
  static func key(_ heading: String) -> String {
    String(
      Fold.search(heading).replacing("№", with: "no").unicodeScalars.filter {
        $0.properties.isAlphabetic || $0.properties.numericType != nil
      })
  }

  private static let byKey: [String: ImportField] = {
    var all: [String: ImportField] = [:]
    for (field, words) in rows {
      for word in words.split(separator: "|") { all[key(String(word))] = field }
    }
    return all
  }()

  private static let rows: [(ImportField, String)] = [
    (
      .name,
      """
      Name|Full Name|Display Name|Client|Client Name|Customer|Customer Name|Contact|Contact Name|Account Name|Клиент|Имя клиента|
      Контакт|ФИО|Ф.И.О.|Полное имя|Отображаемое имя|Наименование|Название|Klient|Nazwa|Nazwa klienta|Imię i nazwisko|Pełna nazwa|
      Nazwa wyświetlana|Kontrahent|Име на клиента|Име и фамилия|Имена|Три имена|Наименование на клиента|Пълно име
      """
    ),
    (
      .kind,
      """
      Type|Client Type|Customer Type|Kind|Account Type|Тип|Тип клиента|Вид|Вид клиента|Typ|Typ klienta|Rodzaj klienta|
      Тип клиент|Вид клиент
      """
    ),
    (
      .salutation,
      """
      Title|Salutation|Name Prefix|Prefix|Mr/Mrs|Обращение|Обръщение|Титул|Tytuł|Zwrot grzecznościowy|Tytuł grzecznościowy
      """
    ),
    (.givenName, "First Name|Given Name|Forename|Имя|Имя контакта|Imię|Име|Собствено име|Малко име|First"),
    (.middleName, "Middle Name|Additional Name|Second Name|Patronymic|Отчество|Второе имя|Drugie imię|Презиме|Бащино име|Middle"),
    (.familyName, "Last Name|Surname|Family Name|Фамилия|Nazwisko|Фамилно име|Last"),
    (
      .companyName,
      """
      Company|Company Name|Organization|Organisation|Organization Name|Organization 1 - Name|Employer|Account|Associated Company|
      Компания|Организация|Фирма|Название компании|Название организации|Предприятие|Firma|Nazwa firmy|Spółka|Организация (фирма)|
      Име на фирма|Име на фирмата|Дружество|Организация/Фирма|Associated Company Name
      """
    ),
    (
      .role,
      """
      Job Title|Position|Role|Organization Title|Organization 1 - Title|Account Role|Должность|Роль|Stanowisko|Rola|Длъжност|
      Позиция|
      Роля|Роля при клиент
      """
    ),
    (
      .department,
      """
      Department|Division|Organization Department|Organization 1 - Department|Отдел|Подразделение|Dział|Wydział|Отдел (звено)|
      Дирекция
      """
    ),
    (.occupation, "Occupation|Profession|Профессия|Занятие|Род занятий|Zawód|Професия|Занимание"),
    (.education, "Education|Образование|Wykształcenie"),
    (.language, "Language|Preferred Language|Locale|Язык|Język|Език|Język kontaktu|Предпочитан език"),
    (.zone, "Time Zone|Timezone|Zone|Часовой пояс|Strefa czasowa|Часова зона"),
    (
      .birthDate,
      """
      Birthday|Birth Date|Date of Birth|Birthdate|DOB|Born|Дата рождения|День рожденья|Д.р.|Data urodzenia|Urodziny|
      Дата на раждане|
      Рожден ден|Рождена дата|Роден
      """
    ),
    (.birthDay, "День рождения|Dzień urodzenia|Ден на раждане|Day of Birth"),
    (.birthMonth, "Birth Month|Месяц рождения|Miesiąc urodzenia|Месец на раждане|Month of Birth"),
    (.birthYear, "Birth Year|Год рождения|Rok urodzenia|Година на раждане|Year of Birth"),
    (.gender, "Gender|Sex|Пол|Płeć"),
    (.maritalStatus, "Marital Status|Семейное положение|Stan cywilny|Семейно положение|Семеен статус"),
    (.children, "Children|Number of Children|Дети|Количество детей|Число детей|Dzieci|Liczba dzieci|Деца|Брой деца"),
    (.industry, "Industry|Sector|Отрасль|Сфера деятельности|Индустрия|Branża|Sektor|Отрасъл|Бранш|Сектор|Сфера на дейност"),
    (
      .size,
      """
      Size|Company Size|Employees|Number of Employees|No. of Employees|NumberOfEmployees|Headcount|Размер|Размер компании|
      Количество сотрудников|Число сотрудников|Wielkość|Wielkość firmy|Liczba pracowników|Размер на фирмата|Брой служители|
      Служители
      """
    ),
    (
      .legalName,
      """
      Legal Name|Юридическое название|Юр. название|Nazwa prawna|Pełna nazwa firmy|Юридическо име|Официално наименование
      """
    ),
    (
      .registrationNumber,
      """
      Registration Number|Company Number|Registration No|Company ID|Reg. No.|ОГРН|ОГРНИП|КПП|KRS|REGON|ЕИК|БУЛСТАТ|Булстат/ЕИК|
      ЕИК/БУЛСТАТ|Регистрационный номер|Numer rejestrowy|Регистрационен номер
      """
    ),
    (
      .taxNumber,
      """
      VAT|VAT Number|VAT No|VAT ID|Tax Number|Tax ID|TIN|ИНН|NIP|Numer VAT|Numer NIP|ДДС номер|ДДС №|ИН по ДДС|Данъчен номер
      """
    ),
    (
      .tags,
      """
      Tags|Tag|Labels|Categories|Category|Keywords|Groups|Group Membership|Segment|Теги|Тег|Метки|Категории|Категория|Группы|
      Группа|
      Ключевые слова|Tagi|Etykiety|Kategorie|Kategoria|Słowa kluczowe|Grupy|Grupa|Етикети|Тагове|Групи|Група|Ключови думи|Сегмент
      """
    ),
    (
      .relationship,
      """
      Relationship|Relationship Type|Тип отношений|Отношения|Typ relacji|Relacja|Вид отношения|Тип отношения|
      Тип на отношенията
      """
    ),
    (
      .owner,
      """
      Owner|Contact Owner|Account Owner|Assigned User|Assigned To|Account Manager|Sales Rep|Responsible|Ответственный|Менеджер|
      Ответственный менеджер|Владелец|Opiekun|Opiekun klienta|Właściciel|Handlowiec|Отговорник|Назначен потребител|Собственик|
      Отговорен служител|Търговец|Акаунт мениджър|Owner Email|Owner Name
      """
    ),
    (
      .ownNumber,
      """
      ID|Record ID|Client ID|Customer ID|Contact ID|Client No|Customer No|Customer Number|Client Number|External ID|
      Own Number|Code|№|
      Код|Номер|Код клиента|Номер клиента|Внешний ID|Идентификатор|Kod|Kod klienta|Numer klienta|Nr klienta|Identyfikator|
      Клиентски номер|Клиентски №|Номер на клиент|Код на клиент|Външен номер|Собствен номер
      """
    ),
    (
      .note,
      """
      Note|Notes|Comment|Comments|Remarks|Description|Заметка|Заметки|Примечание|Примечания|Комментарий|Комментарии|Описание|
      Notatka|
      Notatki|Uwagi|Komentarz|Opis|Бележка|Бележки|Забележка|Забележки|Коментар
      """
    ),
    (
      .lastContact,
      """
      Last Contact|Last Contacted|Last Contact Date|Last Activity|Last Activity Date|LastActivityDate|Последний контакт|
      Дата последнего контакта|Последняя активность|Ostatni kontakt|Data ostatniego kontaktu|Последен контакт|
      Дата на последен контакт|Последна активност
      """
    ),
    (.phone(.main), "Company Main Phone|Główny telefon do firmy|Центральный телефон|Switchboard"),
    (.phone(nil), "Primary Phone|Telefon podstawowy|Основной телефон|Основен телефон|Telephone Number|TelephoneNumber"),
    (.phone(.mobile), "Car Phone|Telefon w samochodzie|Сотовый|Мобильный|Komórka|Мобилен|GSM|ГСМ|Cell|Mobile|Моб."),
    (.phone(.other), "Pager|Номер пейджера|Пейджър"),
    (.messenger(nil), "Messenger|Интернет-пейджер|IM|Мессенджер|Komunikator|Месинджър|ICQ|AIM Id|IM 1 - Value"),
    (.messenger(.viber), "Viber|Вайбер|Вайбър"), (.messenger(.whatsapp), "WhatsApp|Whats App|Ватсап|Уотсап"),
    (.messenger(.telegram), "Telegram|Телеграм|Telegram ID|Telegram Username"), (.messenger(.signal), "Signal|Сигнал"),
    (.messenger(.messenger), "Facebook Messenger|FB Messenger"), (.messenger(.skype), "Skype|Скайп|Skype ID"),
    (
      .website(nil),
      """
      Web Page|Website|Web Site|URL|Homepage|Web|WWW|Website URL|Personal Web Page|Веб-страница|Сайт|Веб-сайт|
      Strona sieci Web|Strona WWW|
      Strona internetowa|Strona|Уеб страница|Уебсайт|Уеб сайт|Интернет страница
      """
    ),
    (.website(.work), "Веб-страница 1|Company Website|Website (work)"), (.website(.home), "Веб-страница 2"),
    (.ignore, ignored),
  ]

  /// Known and left out on purpose: of another person, of the exporting program, or too private to take unasked.
  private static let ignored = """
    Suffix|Name Suffix|Sufiks|Nickname|Псевдоним|Pseudonim|Прякор|Phonetic First Name|Phonetic Middle Name|Phonetic Last Name|
    File As|
    Initials|Inicjały|Инициалы|Photo|Assistant's Phone|Assistant's Name|AssistantName|Telefon asystenta|Imię i nazwisko asystenta|
    Callback|Wywołanie zwrotne|ISDN|Radio Phone|Radiotelefon|TTY/TDD Phone|Telefon TTY/TDD|Telex|Teleks|Konto|Anniversary|
    Rocznica|
    Billing Information|Informacje rozliczeniowe|Business Address PO Box|Home Address PO Box|Other Address PO Box|
    Służbowa skrzynka pocztowa|Domowa skrzynka pocztowa|Inna skrzynka pocztowa|Directory Server|Serwer katalogowy|E-mail Type|
    E-mail Display Name|E-mail 2 Type|E-mail 2 Display Name|E-mail 3 Type|E-mail 3 Display Name|Typ poczty e-mail|
    Wyświetlana nazwa e-mail|Rodzaj e-mail 2|Wyświetlana nazwa e-mail 2|Rodzaj e-mail 3|Wyświetlana nazwa e-mail 3|
    Government ID Number|
    PESEL|ЕГН|Hobby|Хобби|Хоби|Internet Free Busy|Internetowe informacje wolny/zajęty|Location|Lokalizacja|Manager's Name|
    Menedżer|Mileage|
    Przebieg|Office Location|Lokalizacja biura|Organizational ID Number|Numer ewidencyjny w organizacji|Priority|Priorytet|
    Private|
    Prywatne|Referred By|Osoba polecająca|Sensitivity|Charakter|Spouse|Współmałżonek|User 1|User 2|User 3|User 4|Użytkownik 1|
    Użytkownik 2|Użytkownik 3|Użytkownik 4|Прочее 1|Прочее 2|Прочее 3|Прочее 4|Custom 1|Custom 2|Custom 3|Custom 4|Connected On|
    Primary Associated Company ID|Associated Company IDs|Lead Status|Marketing contact status|Create Date|IsDeleted|
    MasterRecordId|
    AccountId|ReportsToId|LeadSource|OwnerId|CreatedDate|CreatedById|LastModifiedDate|LastModifiedById|SystemModstamp|
    Не звъни|Do Not Call|
    Създаден в|Променен в|Създаден от|Променен от|Екипи|Created At|Modified At|Teams|dossier-csv-1|Event Label|Event Value|
    Event Type|Custom Field Label|Custom Field Value|Custom Field Type|Relation Label|Relation Value|Address PO Box
    """
}
