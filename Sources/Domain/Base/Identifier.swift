/// A typed 64-bit identity: the type says whose number it is, so that a team's id never stands for a client's.

package struct Identifier<Tag>: Hashable, Comparable, Sendable {
  package let rawValue: Int64

  package init(rawValue: Int64) { self.rawValue = rawValue }
  package init(_ rawValue: Int64) { self.rawValue = rawValue }

  /// From a path or form parameter: plain decimal digits, greater than zero, nothing around them.
  package init?(_ text: some StringProtocol) {
    let digits = text.utf8
    guard !digits.isEmpty, digits.count <= 19, digits.allSatisfy({ 0x30...0x39 ~= $0 }), digits.first != 0x30,
      let value = Int64(String(text))
    else { return nil }
    rawValue = value
  }

  package static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
}

extension Identifier: CustomStringConvertible, LosslessStringConvertible {
  package var description: String { String(rawValue) }
  package init?(_ description: String) { self.init(Substring(description)) }
}

extension Identifier: Codable {
  package init(from decoder: any Decoder) throws {
    rawValue = try decoder.singleValueContainer().decode(Int64.self)
  }
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(rawValue)
  }
}

/// Whose identity it is; never made, only named.
package enum IdentityOf {
  package enum Party {}
  package enum Account {}
  package enum Team {}
  package enum History {}
  package enum Fact {}
  package enum Promise {}
  package enum Evidence {}
  package enum Tag {}
  package enum Field {}
  package enum View {}
  package enum Attachment {}
  package enum Import {}
  package enum Job {}
  package enum Token {}
  package enum Undo {}
  package enum Tie {}
  package enum ContactPoint {}
  package enum Relationship {}
  package enum Share {}
  package enum Deal {}
  package enum DossierEntry {}
  package enum DossierProposal {}
  package enum Rate {}
  package enum Stage {}
  package enum Reason {}
  package enum Offering {}
  package enum Line {}
  package enum Requirement {}
  package enum Document {}
  package enum Member {}
  package enum DealContact {}
  package enum Opportunity {}
  package enum Purchase {}
  package enum PurchaseImport {}
  package enum Absence {}
  package enum Task {}
  package enum TaskStep {}
  package enum Handover {}
  package enum Received {}
  package enum Mailbox {}
  package enum CapturedMail {}
}

/// A client and a person are both parties and share one sequence: a person can become a client without a new number.
package typealias PartyID = Identifier<IdentityOf.Party>
package typealias ClientID = PartyID
package typealias PersonID = PartyID
package typealias AccountID = Identifier<IdentityOf.Account>
package typealias TeamID = Identifier<IdentityOf.Team>
package typealias HistoryID = Identifier<IdentityOf.History>
package typealias FactID = Identifier<IdentityOf.Fact>
package typealias PromiseID = Identifier<IdentityOf.Promise>
package typealias EvidenceID = Identifier<IdentityOf.Evidence>
package typealias TagID = Identifier<IdentityOf.Tag>
package typealias FieldID = Identifier<IdentityOf.Field>
package typealias ViewID = Identifier<IdentityOf.View>
package typealias AttachmentID = Identifier<IdentityOf.Attachment>
package typealias ImportID = Identifier<IdentityOf.Import>
package typealias JobID = Identifier<IdentityOf.Job>
package typealias TokenID = Identifier<IdentityOf.Token>
package typealias UndoID = Identifier<IdentityOf.Undo>
package typealias TieID = Identifier<IdentityOf.Tie>
package typealias ContactPointID = Identifier<IdentityOf.ContactPoint>
package typealias RelationshipID = Identifier<IdentityOf.Relationship>
package typealias ShareID = Identifier<IdentityOf.Share>
package typealias DealID = Identifier<IdentityOf.Deal>
package typealias DossierEntryID = Identifier<IdentityOf.DossierEntry>
package typealias DossierProposalID = Identifier<IdentityOf.DossierProposal>
package typealias RateID = Identifier<IdentityOf.Rate>
package typealias StageID = Identifier<IdentityOf.Stage>
package typealias ReasonID = Identifier<IdentityOf.Reason>
package typealias OfferingID = Identifier<IdentityOf.Offering>
package typealias LineID = Identifier<IdentityOf.Line>
package typealias RequirementID = Identifier<IdentityOf.Requirement>
package typealias DocumentID = Identifier<IdentityOf.Document>
package typealias MemberID = Identifier<IdentityOf.Member>
package typealias DealContactID = Identifier<IdentityOf.DealContact>
package typealias OpportunityID = Identifier<IdentityOf.Opportunity>
package typealias PurchaseID = Identifier<IdentityOf.Purchase>
package typealias PurchaseImportID = Identifier<IdentityOf.PurchaseImport>
package typealias AbsenceID = Identifier<IdentityOf.Absence>
package typealias TaskID = Identifier<IdentityOf.Task>
package typealias TaskStepID = Identifier<IdentityOf.TaskStep>
package typealias HandoverID = Identifier<IdentityOf.Handover>
/// A client that came to somebody by a handover.
package typealias ReceivedID = Identifier<IdentityOf.Received>
package typealias MailboxID = Identifier<IdentityOf.Mailbox>
package typealias CapturedMailID = Identifier<IdentityOf.CapturedMail>
