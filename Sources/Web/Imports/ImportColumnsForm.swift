import Domain
import Files
import Store

/// The columns' form: from a plan, and back into one.
enum ImportColumnsForm {
  static let decimals: [(key: String, mark: DecimalMark)] = [("guess", .guess), ("comma", .comma), ("point", .point)]

  static func form(of plan: ImportPlan) -> Form {
    var pairs = [
      ("encoding", plan.encoding), ("delimiter", String(plan.delimiter)), ("match", plan.mapping.match.rawValue),
      ("kind", plan.mapping.kind?.rawValue ?? ""), ("country", plan.mapping.country?.code ?? ""),
      ("owner", plan.owner?.description ?? ""), ("tags", plan.tags.joined(separator: ", ")), ("existing", plan.existing.rawValue),
      ("dates", plan.mapping.dateOrder.rawValue),
      ("decimal", decimals.first { $0.mark == plan.mapping.decimal }?.key ?? "guess"),
    ]
    for (column, field) in plan.mapping.fields { pairs.append(("column-\(column)", field.description)) }
    return Form(pairs)
  }

  static func parse(_ form: Form, _ old: ImportPlan) throws -> ImportPlan {
    var plan = old
    var v = Validation()
    plan.mapping.fields = [:]
    for name in form.fields.keys where name.hasPrefix("column-") {
      guard let column = Int(name.dropFirst(7)), 0..<1000 ~= column, let field = ImportField(form[name]) else { continue }
      if field != .ignore { plan.mapping.fields[column] = field }
    }
    for key in plan.mapping.problems { v.fail("columns", key: key) }
    plan.mapping.match = MatchKey(rawValue: form["match"]) ?? .none
    plan.mapping.kind = form.text("kind").flatMap(PartyKind.init)
    plan.mapping.country = form.text("country").flatMap { Country($0) }
    plan.mapping.dateOrder = DateOrder(rawValue: form["dates"]) ?? old.mapping.dateOrder
    plan.mapping.decimal = decimals.first { $0.key == form["decimal"] }?.mark ?? old.mapping.decimal
    plan.owner = form.text("owner").flatMap(AccountID.init)
    plan.existing = ExistingClients(rawValue: form["existing"]) ?? .update
    plan.tags = form["tags"].split(separator: ",").map { String($0.trimmingBlanks.prefix(60)) }.filter { !$0.isEmpty }
    if plan.tags.count > 20 { v.fail("tags", key: "import.error.tags") }
    try v.check()
    return plan
  }
}
