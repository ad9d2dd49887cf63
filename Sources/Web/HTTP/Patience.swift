/// How long, in seconds, and with how much a connection is waited for.
struct Patience: Sendable {
    /// Between requests; a request's head must be whole by then.
    var idle = 75
    /// For each 64 KiB of a body.
    var body = 30
    /// For the client to take 256 KiB of a file.
    var piece = 30
    /// A body that is refused is read on, so that its sender can read the answer: so long may it pause …
    var pause = 5
    /// … so long may it take in all …
    var drain = 30
    /// … and so many bytes may it have.
    var drained = 64 << 20
    /// For the other end to close once we have.
    var goodbye = 3
    /// For a running answer once the server wants to stop.
    var last = 10
}
