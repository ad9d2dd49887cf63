enum EmailSlots {
    private static let pattern = Pattern("[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\\.[A-Za-z0-9-]{2,63}){1,4}")

    static func read(_ text: String) -> [Found] {
        pattern.matches(in: text).map { Found(.email, $0.whole.lowercased(), in: $0) }
    }
}
