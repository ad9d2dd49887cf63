import Basics
import Channels
import Web

/// Where attachments are kept.
enum AttachmentSettings {
    static let place = Setting(
        key: "attachments", fallback: "",
        explanation:
            "Where files that were sent are kept: a folder, by default 'attachments' in the data folder, or s3://bucket/prefix.",
        accepts: { !$0.hasPrefix("s3:") || BucketAddress($0, endpoint: "https://localhost") != nil })
    static let endpoint = Setting(
        key: "s3.endpoint", fallback: "",
        explanation: "The address of the S3-compatible store, as https://host:port; without it, that of AWS in the region.",
        accepts: { $0.isEmpty || BucketAddress("s3://bucket", endpoint: $0) != nil })
    static let region = Setting(
        key: "s3.region", fallback: "us-east-1", explanation: "The region of the S3-compatible store; many do not mind.",
        accepts: { $0.wholeMatch(of: /[A-Za-z0-9-]{1,64}/) != nil })
    static let keyID = Setting(
        key: "s3.key-id", fallback: "", explanation: "The id of the key that opens the S3-compatible store.")
    static let secret = Setting(
        key: "s3.secret", fallback: "",
        explanation: "The secret of that key; better in the environment or the file, because others see command lines.")

    static let all = [
        SettingDeclaration(place), SettingDeclaration(endpoint), SettingDeclaration(region), SettingDeclaration(keyID),
        SettingDeclaration(secret),
    ]
}

extension Ground {
    /// The folder or the bucket that the settings name.
    func attachments() throws -> any AttachmentKeeping {
        let place = settings[AttachmentSettings.place]
        guard place.hasPrefix("s3:") else { return AttachmentFolder(path: place.isEmpty ? folder.attachments : place) }
        let (region, keyID) = (settings[AttachmentSettings.region], settings[AttachmentSettings.keyID])
        let secret = settings[AttachmentSettings.secret]
        guard !keyID.isEmpty, !secret.isEmpty else {
            throw Misuse("'--attachments s3://…' needs '--s3-key-id' and '--s3-secret'")
        }
        let asked = settings[AttachmentSettings.endpoint]
        let aws = "https://s3.\(region).amazonaws.com" + (region.hasPrefix("cn-") ? ".cn" : "")
        guard let address = BucketAddress(place, endpoint: asked.isEmpty ? aws : asked) else {
            throw Misuse("'--attachments \(place)' makes no sense at \(asked)")
        }
        return BucketAttachments(
            address, Bucket(address, region: region, keyID: keyID, secret: secret, now: surroundings.now))
    }
}
