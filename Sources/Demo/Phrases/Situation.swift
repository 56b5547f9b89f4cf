import Domain

/// What a contact can be about, and how such contacts are made.
enum Situation: String, CaseIterable, Sendable {
  case request, approach, brief, offer, bargain, agreed, lost, kickoff, field, trouble, interim, final, invoice, thanks
  case checkIn, greeting, birthday, invitation, newManager, question, silence, note

  var channels: [(Channel, Int)] {
    switch self {
    case .request: [(.call, 4), (.email, 4), (.web, 3)]
    case .approach: [(.call, 4), (.email, 4), (.social, 1)]
    case .brief: [(.meeting, 5), (.visit, 2), (.call, 3)]
    case .offer: [(.email, 1)]
    case .bargain: [(.call, 5), (.email, 4), (.meeting, 2)]
    case .agreed: [(.email, 6), (.call, 3)]
    case .lost: [(.email, 5), (.call, 4)]
    case .kickoff: [(.meeting, 6), (.call, 4)]
    case .field: [(.email, 5), (.messenger, 3), (.call, 3)]
    case .trouble: [(.call, 5), (.email, 3), (.messenger, 1)]
    case .interim: [(.email, 4), (.meeting, 4)]
    case .final: [(.meeting, 5), (.visit, 3)]
    case .invoice: [(.email, 5), (.letter, 1)]
    case .thanks: [(.call, 1)]
    case .checkIn: [(.call, 6), (.email, 3), (.visit, 1)]
    case .greeting: [(.letter, 3), (.email, 4), (.messenger, 2)]
    case .birthday: [(.call, 3), (.sms, 2), (.messenger, 3)]
    case .invitation: [(.email, 4), (.event, 2)]
    case .newManager: [(.meeting, 3), (.call, 4)]
    case .question: [(.call, 3), (.email, 4), (.messenger, 2)]
    case .silence: [(.call, 1)]
    case .note: []
    }
  }

  var direction: Direction {
    switch self {
    case .request, .bargain, .agreed, .lost, .trouble, .question: .incoming
    default: .outgoing
    }
  }
}
