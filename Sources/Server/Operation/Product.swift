/// What this is.
enum Product {
    static let version = "0.1.0"
}
