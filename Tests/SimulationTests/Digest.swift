import Foundation

/// Numbers folded into one (FNV-1a), the same on every machine.
struct Digest {
    private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

    mutating func add(_ numbers: UInt64...) {
        for number in numbers { value = (value ^ number) &* 0x100_0000_01b3 }
    }

    mutating func add(_ text: String) {
        for byte in text.utf8 { add(UInt64(byte)) }
    }
}

/// The thread that made it.
struct CurrentThread: Sendable {
    private let thread = pthread_self()

    var isCurrent: Bool { pthread_equal(thread, pthread_self()) != 0 }
}
