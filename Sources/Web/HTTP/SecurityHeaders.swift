import HTTPTypes

extension HTTPFields {
    mutating func setUnlessSaid(_ name: HTTPField.Name, _ value: String) {
        if !contains(name) { self[name] = value }
    }

    /// What every answer says unless its route says otherwise: not to be kept, sniffed, framed or run.
    mutating func setDefaults() {
        setUnlessSaid(.cacheControl, "no-store")
        setUnlessSaid(.xContentTypeOptions, "nosniff")
        setUnlessSaid(.referrerPolicy, "same-origin")
        setUnlessSaid(.contentSecurityPolicy, "default-src 'none'; frame-ancestors 'none'")
    }
}
