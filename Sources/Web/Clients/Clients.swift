/// Clients and people: lists, records, forms, ties, views, and what a company sets for them.
enum Clients {
  static func register(_ book: inout RouteBook) {
    ListPage.register(&book)
    BulkBar.register(&book)
    ClientFormPages.register(&book)
    RecordPage.register(&book)
    RecordInline.register(&book)
    PersonPages.register(&book)
    ViewPages.register(&book)
    FieldPages.register(&book)
    TagPages.register(&book)
    RelationshipPages.register(&book)
    Palette.register(&book)
    SearchPage.register(&book)
    Pickers.register(&book)
  }
}
