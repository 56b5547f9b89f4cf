import Domain
import Store

/// One client with everything that happened, told before anything has a number in the base.
struct Tale: Sendable {
  var client: NewClient
  /// People who came over from clients told before.
  var joined: [Joined] = []
  var entries: [Entry] = []
  var facts: [ToldFact] = []
  var promises: [ToldPromise] = []
  var end: End?
  var deals: [ToldDeal] = []

  /// Someone at this client.
  enum Someone: Hashable, Sendable {
    case own(Int)
    case joined(Int)
  }

  struct Joined: Sendable {
    let leaver: Leaver
    let tie: TieDraft
    let at: Instant
  }

  /// A line of the history. `index` in `entries` is how others speak of it.
  struct Entry: Sendable {
    var what: What
    var person: Someone?
    let by: AccountID
    var at: Instant
    var recordedAt: Instant
    /// The entry that this one sets right, and why.
    var corrects: Int?
    var reason = ""
    var pinnedAt: Instant?
    var files: [FileDraft] = []

    var contact: Contact? {
      if case .written(.contact(let contact)) = what { contact } else { nil }
    }
  }

  enum What: Sendable {
    /// The person is the entry's own.
    case written(Written)
    case event(Event)
  }

  enum Event: Sendable {
    case created, archived, removed
    case changed([FieldChange])
    case ownerChanged(OwnerChange)
    case tieBegan(Someone, TieDraft)
    case tieEnded(Someone, TieDraft)
    case managerChanged(from: Someone?, to: Someone?)
    case factAdded(Int)
    case factEnded(Int)
    /// What happened to one of the deals, told once it has a number.
    case deal(Int, @Sendable (DealID) -> DealEvent)
    /// Of that promise, at that step of its.
    case promise(Int, PromiseChange, Int)
  }

  struct ToldFact: Sendable {
    /// Nil for the client itself.
    let about: Someone?
    let draft: FactDraft
    let by: AccountID
    let at: Instant
    /// The entry it was learned in.
    let source: Int?
    var endedAt: Instant?
  }

  struct ToldPromise: Sendable {
    /// The entry it was made in.
    let entry: Int
    let person: Someone?
    let by: AccountID
    var keeper: Colleague
    /// As it stands at the end.
    var value: Promise
    var steps: [PromiseStep] = []
  }

  struct PromiseStep: Sendable {
    let value: Promise
    let oldDue: PromiseDue?
    let reason: String
  }

  enum End: Sendable {
    case archived(Instant, AccountID)
    case removed(Instant, AccountID)
  }
}

/// A person who left a client, and may turn up at another.
struct Leaver: Sendable {
  let clientIndex: Int
  let personIndex: Int
  let name: String
  let language: Language
  let left: CalendarDate
}
