extension Bus {
    /// The hints of a subject, one after the other, from the first `await` on until the reading task ends.
    package func hints(
        of subject: String, _ buffering: AsyncStream<Hint>.Continuation.BufferingPolicy
    ) -> AsyncStream<Hint> {
        AsyncStream(bufferingPolicy: buffering) { continuation in
            let subscription = subscribe(to: subject) { continuation.yield($0) }
            continuation.onTermination = { _ in subscription.cancel() }
        }
    }
}
