import Foundation

/// How long work keeps one core busy, whoever else wants the machine meanwhile.
enum BusyTime {
    static func measure(_ work: () -> Void) -> Duration {
        let began = now()
        work()
        return now() - began
    }

    /// What this thread has used so far. All of the matcher's work is done on the thread that asks for it.
    private static func now() -> Duration {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }
}
