import Foundation

/// Opens what a start needs. A server that may be starting, too, is waited for half a minute.
///
/// - Parameters:
///   - name: what the person at the terminal is told, once, that we wait for.
///   - passing: why it did not open, where that may pass; nil throws the error at once.
func waiting<Opened>(
    for name: String, open: () throws -> Opened, passing: (any Error) -> String?
) throws -> Opened {
    let end = ContinuousClock.now + .seconds(30)
    var hasSaid = false
    while true {
        do { return try open() } catch {
            guard .now < end, let reason = passing(error) else { throw error }
            if !hasSaid { say("Waiting for \(name): \(reason)") }
            hasSaid = true
            Thread.sleep(forTimeInterval: 1)
        }
    }
}
