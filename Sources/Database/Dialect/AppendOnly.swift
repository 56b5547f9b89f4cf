/// Triggers that let rows of a table be added and never changed or deleted, so that history cannot be rewritten by mistake.
///
/// One change is allowed, because people may ask for it by law: an erasure. `erased_at` goes from NULL to a value, each of
/// the `erasable` text columns becomes NULL or empty, and every other column stays. It happens once per row.
package struct AppendOnly: Sendable {
  let table: String
  let columns: [String]
  let erasable: [String]

  /// - Parameters:
  ///   - columns: every column of the table. A migration that adds a column puts the rule up again.
  ///   - erasable: text columns that an erasure empties; with any, the table has a column `erased_at`.
  package init(_ table: StaticString, columns: [StaticString], erasable: [StaticString] = []) {
    self.table = "\(table)"
    self.columns = columns.map { "\($0)" }
    self.erasable = erasable.map { "\($0)" }
  }

  package func script(_ dialect: Dialect) -> String { dialect == .sqlite ? sqlite : postgres }

  private var isErasure: String {
    if erasable.isEmpty { return "1 = 0" }
    let kept = columns.filter { $0 != "erased_at" && !erasable.contains($0) }
    return (["OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL"]
      + erasable.map { "(NEW.\($0) IS NULL OR NEW.\($0) = '')" }
      + kept.map { "NEW.\($0) IS NOT DISTINCT FROM OLD.\($0)" }).joined(separator: " AND ")
  }

  private var sqlite: String {
    """
    DROP TRIGGER IF EXISTS \(table)_no_delete;
    DROP TRIGGER IF EXISTS \(table)_no_update;
    CREATE TRIGGER \(table)_no_delete BEFORE DELETE ON \(table)
      BEGIN SELECT RAISE(ABORT, 'append-only: \(table)'); END;
    CREATE TRIGGER \(table)_no_update BEFORE UPDATE ON \(table) WHEN NOT (\(isErasure))
      BEGIN SELECT RAISE(ABORT, 'append-only: \(table)'); END;

    """
  }

  private var postgres: String {
    """
    CREATE OR REPLACE FUNCTION \(table)_append_only() RETURNS trigger LANGUAGE plpgsql AS $rule$
    BEGIN
      IF TG_OP = 'UPDATE' THEN
        IF \(isErasure) THEN RETURN NEW; END IF;
      END IF;
      RAISE EXCEPTION 'append-only: \(table)';
    END $rule$;
    DROP TRIGGER IF EXISTS \(table)_no_change ON \(table);
    DROP TRIGGER IF EXISTS \(table)_no_truncate ON \(table);
    CREATE TRIGGER \(table)_no_change BEFORE UPDATE OR DELETE ON \(table)
      FOR EACH ROW EXECUTE FUNCTION \(table)_append_only();
    CREATE TRIGGER \(table)_no_truncate BEFORE TRUNCATE ON \(table)
      FOR EACH STATEMENT EXECUTE FUNCTION \(table)_append_only();

    """
  }
}
