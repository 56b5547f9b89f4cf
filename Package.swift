// swift-tools-version: 6.2
// Layers are targets, so the compiler keeps their direction: App → Web, Jobs → Store → Domain.
import PackageDescription

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

let package = Package(
  name: "dossier",
  dependencies: [
    // Only FullFoundation: the default traits also build swift-configuration, which nothing here uses.
    .package(url: "https://github.com/hummingbird-project/hummingbird.git", from: "2.28.1", traits: ["FullFoundation"]),
    .package(url: "https://github.com/groue/GRDB.swift.git", from: "7.10.0"),
    .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-log.git", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.0"),
    .package(url: "https://github.com/apple/swift-http-types.git", from: "1.8.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", from: "2.13.0"),
  ],
  targets: [
    .systemLibrary(name: "CPostgres", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
    .systemLibrary(name: "CSodium", pkgConfig: "libsodium", providers: [.apt(["libsodium-dev"])]),
    .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(name: "CBrotli", pkgConfig: "libbrotlienc", providers: [.apt(["libbrotli-dev"])]),
    .systemLibrary(name: "CMalloc"),
    .systemLibrary(name: "CArchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"])]),
    .systemLibrary(name: "CXlsx", pkgConfig: "xlsxwriter", providers: [.apt(["libxlsxwriter-dev"])]),
    .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
    .systemLibrary(name: "CGMime", pkgConfig: "gmime-3.0", providers: [.apt(["libgmime-3.0-dev"])]),
    .systemLibrary(name: "CXML", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
    .target(name: "CMIME", dependencies: ["CGMime", "CXML"]),
    .systemLibrary(name: "CIcal", pkgConfig: "libical", providers: [.apt(["libical-dev"])]),
    .target(name: "CPhone", linkerSettings: [.linkedLibrary("phonenumber"), .linkedLibrary("protobuf")]),

    .target(name: "Domain", dependencies: ["CIcal", "CPhone", "CSodium"], swiftSettings: strict),
    .target(
      name: "Database",
      dependencies: [
        "CPostgres", "CSQLite",
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
        .product(name: "Logging", package: "swift-log"),
      ], swiftSettings: strict),
    .target(name: "Store", dependencies: ["Domain", "Database"], swiftSettings: strict),
    .target(
      name: "Files", dependencies: ["CArchive", "CIcal", "CXlsx", "Domain"], resources: [.copy("PDF/render.py")], swiftSettings: strict),
    .target(name: "Channels", dependencies: ["CCurl", "CMIME", "Domain"], swiftSettings: strict),
    .target(name: "Markup", dependencies: ["Domain"], swiftSettings: strict),
    .target(
      name: "Jobs",
      dependencies: [
        "Domain", "Database", "Store", "Files", "Markup", "Channels", .product(name: "Logging", package: "swift-log"),
      ],
      swiftSettings: strict),
    .target(
      name: "Web",
      dependencies: [
        "CBrotli", "Domain", "Database", "Store", "Files", "Markup", "Jobs",
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
      ],
      resources: [.copy("Locales"), .copy("Assets")], swiftSettings: strict),
    .target(name: "Demo", dependencies: ["Domain", "Database", "Store"], swiftSettings: strict),
    .executableTarget(
      name: "dossier",
      dependencies: [
        "CMalloc", "Domain", "Database", "Store", "Files", "Markup", "Jobs", "Web", "Demo",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
      ],
      path: "Sources/App", swiftSettings: strict),

    .target(
      name: "TestSupport", dependencies: ["Domain", "Database", "Store"], path: "Tests/TestSupport",
      swiftSettings: strict),
    .testTarget(name: "DomainTests", dependencies: ["Domain", "TestSupport"], swiftSettings: strict),
    .testTarget(name: "DatabaseTests", dependencies: ["Database", "TestSupport"], swiftSettings: strict),
    .testTarget(name: "StoreTests", dependencies: ["Store", "Database", "Domain", "TestSupport"], swiftSettings: strict),
    .testTarget(name: "DemoTests", dependencies: ["Demo", "Store", "Database", "Domain", "TestSupport"], swiftSettings: strict),
    .testTarget(name: "FilesTests", dependencies: ["Files", "Domain", "TestSupport"], swiftSettings: strict),
    .testTarget(name: "MarkupTests", dependencies: ["Markup", "Domain"], swiftSettings: strict),
    .testTarget(name: "ChannelsTests", dependencies: ["Channels", "Domain"], swiftSettings: strict),
    .testTarget(name: "JobsTests", dependencies: ["Jobs", "Store", "Files", "Markup", "Database", "Domain", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "WebTests",
      dependencies: [
        "Web", "Jobs", "Store", "Database", "Domain", "Markup", "TestSupport",
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "NIOEmbedded", package: "swift-nio"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
      ], swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
