import Foundation

/// How long the work keeps this thread busy, whoever else wants the machine meanwhile.
func busy(_ work: () -> Void) -> Duration {
    func now() -> Duration {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }
    let began = now()
    work()
    return now() - began
}
