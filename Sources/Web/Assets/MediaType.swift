/// The media types of the files that we serve ourselves.
enum MediaType {
    static func of(_ path: String) -> String {
        switch path.split(separator: ".").last {
        case "js": "text/javascript; charset=utf-8"
        case "css": "text/css; charset=utf-8"
        case "html": "text/html; charset=utf-8"
        case "svg": "image/svg+xml"
        case "json": "application/json"
        case "png": "image/png"
        default: "application/octet-stream"
        }
    }

    static func isText(_ type: String) -> Bool { !["image/png", "application/octet-stream"].contains(type) }
}
