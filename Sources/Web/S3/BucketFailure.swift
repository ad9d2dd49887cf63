package import Basics

/// Why a bucket did not do what it was asked.
package enum BucketFailure: Error, Hashable, Sendable {
    /// No answer, or none in time.
    case unreachable(String)
    /// The key is wrong, or has no right to this.
    case denied(code: String)
    case noBucket
    /// Any other answer.
    case refused(status: Int, code: String)

    init(status: Int, code: String) {
        self =
            switch (status, code) {
            case (_, "NoSuchBucket"): .noBucket
            case (401, _), (403, _): .denied(code: code)
            default: .refused(status: status, code: code)
            }
    }
}

extension BucketFailure: CustomStringConvertible {
    /// For the administrator: what is wrong, and what S3 calls it.
    package var description: String {
        switch self {
        case .unreachable(let reason): "it cannot be reached (\(reason))"
        case .noBucket: "there is no such bucket"
        case .denied("InvalidAccessKeyId"): "the key id is not known there (InvalidAccessKeyId)"
        case .denied("SignatureDoesNotMatch"): "the secret is not the one of this key id (SignatureDoesNotMatch)"
        case .denied("RequestTimeTooSkewed"): "this machine's clock is wrong (RequestTimeTooSkewed)"
        case .denied(let code):
            "the key may not do this (\(code)); it needs to read, write, delete and list (GetObject, PutObject, DeleteObject, ListBucket)"
        case .refused(_, let code) where ["PermanentRedirect", "AuthorizationHeaderMalformed"].contains(code):
            "the region or the endpoint is not this bucket's (\(code))"
        case .refused(let status, let code): "it answered \(status)\(code.isEmpty ? "" : " (\(code))")"
        }
    }
}

/// The administrator reads why in the log; whoever asked may try again.
extension BucketFailure: Outage {
    package var refusal: Refusal? { Refusal(.unavailable, "storage.unreachable") }
}
