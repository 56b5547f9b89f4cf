import Domain

extension FactBank {
  static let bulgarian = FactBank("""
    c | preference | Без обаждания преди 10 часа
    c | preference | Срещи само във вторник и четвъртък
    c | preference | Докладите на хартия, до тридесет страници
    c | motivator | Искат да покажат на собствениците, че проучванията се изплащат
    c | motivator | Сравняват ни по бързина, не по цена
    c | behaviour | Офертите се четат от двама души
    c | behaviour | Плащат в последния ден на срока
    c | consumption | Две вълни в годината, през март и през октомври
    c | consumption | Терен от нас, анализ при тях
    c | avoid | Да не се споменава старото лого
    c | avoid | Да не се праща ценова листа без разговор
    c | date | Рожден ден на фирмата | --05-24
    c | other | На входа се иска лична карта
    p | preference | Пие черен чай без захар
    p | preference | Предпочита имейл пред телефон
    p | preference | На „ти“ след втората среща
    p | motivator | Важно е да се види личният принос
    p | behaviour | Отговаря до час и очаква същото
    p | family | Две деца в училище, през ваканциите е в отпуск
    p | family | Куче на име Шаро, често в кадър
    p | date | Рожден ден на 29 февруари | --02-29
    p | date | Имен ден на Гергьовден | --05-06
    p | avoid | Да не се споменава предишната работа
    p | other | Говори и немски
    """)

  static let polish = FactBank("""
    c | preference | Bez telefonów przed 10
    c | preference | Spotkania tylko we wtorki i czwartki
    c | preference | Raporty na papierze, do trzydziestu stron
    c | motivator | Chcą pokazać zarządowi, że badania się opłacają
    c | motivator | Porównują nas pod względem szybkości, nie ceny
    c | behaviour | Oferty czytają dwie osoby
    c | behaviour | Płacą w ostatnim dniu terminu
    c | consumption | Dwie fale w roku, w marcu i w październiku
    c | consumption | Teren od nas, analiza u nich
    c | avoid | Nie wspominać o starym logo
    c | avoid | Nie wysyłać cennika bez rozmowy
    c | date | Urodziny firmy | --09-15
    c | other | Na recepcji potrzebny dowód osobisty
    p | preference | Pije zieloną herbatę bez cukru
    p | preference | Woli e-mail od telefonu
    p | preference | Od drugiego spotkania po imieniu
    p | motivator | Zależy na widocznym własnym wkładzie
    p | behaviour | Odpowiada w godzinę i oczekuje tego samego
    p | family | Dwoje dzieci w szkole, w ferie na urlopie
    p | family | Pies Łatek, często widoczny w kamerze
    p | date | Urodziny 29 lutego | --02-29
    p | date | Imieniny w grudniu | --12-06
    p | avoid | Nie wspominać o poprzedniej pracy
    p | other | Mówi też po niemiecku
    """)

  static let russian = FactBank("""
    c | preference | Без звонков до 10 утра
    c | preference | Встречи только по вторникам и четвергам
    c | preference | Отчёты на бумаге, до тридцати страниц
    c | motivator | Хотят показать собственникам, что исследования окупаются
    c | motivator | Сравнивают нас по скорости, а не по цене
    c | behaviour | Предложения читают двое
    c | behaviour | Платят в последний день срока
    c | consumption | Две волны в год, в марте и в октябре
    c | consumption | Поле наше, анализ у них
    c | avoid | Не упоминать старый логотип
    c | avoid | Не отправлять прайс без разговора
    c | date | День рождения компании | --04-12
    c | other | На входе нужен паспорт
    p | preference | Чай чёрный, без сахара
    p | preference | Письма лучше звонков
    p | preference | На «ты» после второй встречи
    p | motivator | Важно, чтобы был виден личный вклад
    p | behaviour | Отвечает за час и ждёт того же
    p | family | Двое детей в школе, в каникулы отпуск
    p | family | Кот Мартин, часто в кадре
    p | date | День рождения 29 февраля | --02-29
    p | date | Именины в январе | --01-25
    p | avoid | Не упоминать прежнее место работы
    p | other | Знает немецкий
    """)

  static let english = FactBank("""
    c | preference | No calls before 10
    c | preference | Meetings on Tuesdays and Thursdays only
    c | preference | Reports on paper, thirty pages at most
    c | motivator | Want to show the owners that research pays
    c | motivator | Compare us on speed, not on price
    c | behaviour | Two people read every offer
    c | behaviour | Pay on the last day of the term
    c | consumption | Two waves a year, in March and in October
    c | consumption | Fieldwork from us, analysis in-house
    c | avoid | Do not mention the old logo
    c | avoid | No price lists without a conversation first
    c | date | Founders’ day | --06-18
    c | other | Reception asks for photo identification
    p | preference | Green tea, no sugar
    p | preference | Prefers e-mail to calls
    p | preference | Likes a walk during long meetings
    p | motivator | Wants the own contribution to be seen
    p | behaviour | Answers within the hour and expects the same
    p | family | Two children at school, away in the holidays
    p | family | A dog called Biscuit, often on camera
    p | date | Birthday on 29 February | --02-29
    p | date | Wedding anniversary | --07-09
    p | avoid | Do not mention the previous job
    p | other | Speaks German as well
    """)
}
