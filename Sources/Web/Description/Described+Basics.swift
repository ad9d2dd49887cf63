package import Basics

extension ID: Described {
    package static var schema: Schema { ["type": "string", "pattern": "^[0-9]+$"] }
    package static var sample: Self { ID(rawValue: 1) }
}

extension Timestamp: Described {
    package static var schema: Schema {
        ["type": "integer", "format": "int64", "description": "Milliseconds since 1970-01-01T00:00:00Z."]
    }
    package static var sample: Self { Timestamp(milliseconds: 0) }
}
