// swift-tools-version: 6.3
import PackageDescription

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

/// The matcher is arithmetic in tight loops: without optimisation its tests would take minutes.
let optimised = settings + [.unsafeFlags(["-O"], .when(configuration: .debug))]

func module(_ name: String, _ dependencies: [Target.Dependency] = [], settings: [SwiftSetting] = settings) -> Target {
    .target(name: name, dependencies: dependencies, exclude: [], swiftSettings: settings)
}

func tests(
    _ name: String, _ dependencies: [Target.Dependency], exclude: [String] = [], resources: [Resource] = []
) -> Target {
    .testTarget(name: name, dependencies: dependencies, exclude: exclude, resources: resources, swiftSettings: settings)
}

let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let nio = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")

let ground: [Target] = [
    module("Basics", [logging, crypto]),
    module("LibPQ"),
    module(
        "Store",
        [
            "Basics", "LibPQ", crypto, .product(name: "GRDB", package: "GRDB.swift"),
            .product(name: "GRDBSQLite", package: "GRDB.swift"),
            logging,
        ]),
    module("Bus", ["LibPQ", logging]),
    module(
        "Web",
        [
            "Basics", "CBrotli", "CCurl", nio, httpTypes, logging, crypto,
            .product(name: "HummingbirdCore", package: "hummingbird"),
            .product(name: "NIOPosix", package: "swift-nio"),
            .product(name: "NIOHTTP1", package: "swift-nio"),
            .product(name: "NIOWebSocket", package: "swift-nio"),
            .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
            .product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras"),
        ]
    ),
    .systemLibrary(name: "CBrotli", pkgConfig: "libbrotlienc", providers: [.apt(["libbrotli-dev"])]),
    .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
    .target(name: "CWeights", cSettings: [.unsafeFlags(["-Wno-c23-extensions"])]),
    .target(name: "CAssets", cSettings: [.unsafeFlags(["-Wno-c23-extensions"])]),
]

let chapters: [Target] = [
    module(
        "Organization",
        ["Basics", "Store", "Bus", "Web", httpTypes, crypto, .product(name: "CryptoExtras", package: "swift-crypto"), logging]
    ),
    module("Contacts", ["Organization", "Basics", "Store", "Bus", "Web", httpTypes]),
    module("Channels", ["Contacts", "Organization", "Basics", "Store", "Bus", "Web", httpTypes, crypto, logging]),
    module(
        "Conversations",
        ["Channels", "Contacts", "Organization", "Basics", "Store", "Bus", "Web", httpTypes, nio, crypto, logging]),
    module(
        "Routing", ["Conversations", "Channels", "Contacts", "Organization", "Basics", "Store", "Bus", "Web", httpTypes, logging]),
    module("Knowledge", ["Organization", "Basics", "Store", "Bus", "Web", httpTypes], settings: optimised),
    module(
        "Bot",
        [
            "Knowledge", "Conversations", "Channels", "Contacts", "Organization", "Basics", "Store", "Bus", "Web", "CWeights",
            httpTypes, logging, crypto,
        ],
        settings: optimised
    ),
    module(
        "Satisfaction", ["Conversations", "Channels", "Contacts", "Organization", "Basics", "Store", "Bus", "Web", httpTypes]),
]

let everyChapter: [Target.Dependency] = [
    "Organization", "Contacts", "Channels", "Conversations", "Routing", "Knowledge", "Bot", "Satisfaction",
]
/// What the sample customers of the demo speak HTTP and WebSocket with.
let wire: [Target.Dependency] = [
    nio, httpTypes,
    .product(name: "NIOPosix", package: "swift-nio"),
    .product(name: "NIOHTTP1", package: "swift-nio"),
    .product(name: "NIOWebSocket", package: "swift-nio"),
    .product(name: "NIOFoundationCompat", package: "swift-nio"),
]
let everyGround: [Target.Dependency] = ["Basics", "Store", "Bus", "Web"]

let package = Package(
    name: "nightdesk",
    products: [.executable(name: "nightdesk", targets: ["Server"])],
    dependencies: [
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: ground + chapters + [
        .executableTarget(
            name: "Server",
            dependencies: everyChapter + everyGround + [
                "CAssets", httpTypes, .product(name: "UnixSignals", package: "swift-service-lifecycle"), logging,
            ] + wire,
            swiftSettings: settings
        ),
        .target(
            name: "Support", dependencies: everyGround + everyChapter + [logging, nio, httpTypes], path: "Tests/Support",
            swiftSettings: settings),
        tests("BasicsTests", ["Basics", "Support"]),
        tests("StoreTests", ["Store", "Basics", "Support"]),
        tests("BusTests", ["Bus", "Support", crypto]),
        tests(
            "WebTests", ["Web", "Basics", "Support", logging, nio, httpTypes, .product(name: "NIOPosix", package: "swift-nio")]),
        tests("OrganizationTests", ["Organization", "Web", "Store", "Bus", "Basics", "Support"]),
        tests("ContactsTests", ["Contacts", "Organization", "Web", "Store", "Basics", "Support", httpTypes, logging]),
        tests(
            "ChannelsTests",
            ["Channels", "Contacts", "Organization", "Web", "Bus", "Store", "Basics", "Support", httpTypes, logging, crypto]),
        tests("ConversationsTests", everyGround + everyChapter + ["Support"], exclude: ["Golden"]),
        tests("RoutingTests", everyGround + everyChapter + ["Support"]),
        tests(
            "SimulationTests",
            everyGround + everyChapter + ["Support", logging, httpTypes, .product(name: "GRDB", package: "GRDB.swift")]),
        tests("KnowledgeTests", ["Knowledge", "Organization", "Store", "Basics", "Web", "Support", httpTypes]),
        tests(
            "BotTests", ["Bot", "Knowledge", "Conversations", "Organization", "Store", "Basics", "Web", "Support"],
            exclude: ["Lines"]),
        tests("ServerTests", everyGround + everyChapter + ["Server", "Support", logging]),
        tests("SatisfactionTests", everyGround + everyChapter + ["Support"]),
    ]
)
