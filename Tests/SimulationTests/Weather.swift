/// How much goes wrong in one simulation: chances in a thousand, by its seed. Some are calm, so that what only order breaks is
/// not hidden by repetitions.
struct Weather {
    let nodes: Int
    /// A statement fails and nothing is written.
    let refusal: Int
    /// A write fails for the caller, and is there or is not.
    let unknown: Int
    /// A closure is run again, as PostgreSQL does after a conflict.
    let repetition: Int
    /// An answer takes its time.
    let delay: Int
    /// Somebody's connection is lost while they wait for the answer.
    let cut: Int
    /// How many nodes die, or leave.
    let crashes: Int
    /// How many nodes stand still for a while, and go on.
    let pauses: Int
    /// A hint to another node is lost, late or told twice.
    let hint: Int
    /// The bot fails; the receiver of webhooks fails.
    let bot: Int
    let receiver: Int
    /// When people stop beginning new things, in milliseconds: mostly soon, sometimes later than who is gone is waited for.
    let end: Int
    /// How far apart the nodes' clocks are at most, in milliseconds.
    let skew: Int

    init(_ scheduler: Scheduler) {
        let isCalm = scheduler.happens(250)
        func upTo(_ most: Int) -> Int { isCalm ? 0 : scheduler.number(in: 0...most) }
        nodes = scheduler.number(in: 1...3)
        (refusal, unknown, repetition) = (upTo(60), upTo(40), upTo(100))
        delay = scheduler.number(in: 0...150)
        (cut, crashes, pauses, hint) = (upTo(60), upTo(2), upTo(2), upTo(400))
        (bot, receiver) = (upTo(200), upTo(400))
        end = scheduler.happens(150) ? 260_000 : scheduler.number(in: 40_000...90_000)
        skew = scheduler.happens(500) ? 0 : scheduler.number(in: 1...2000)
    }
}
