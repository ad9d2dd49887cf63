import Basics
import Bot
import Channels
import Conversations
import Foundation
import Logging
import Organization
import Store
import Web

extension Command {
    static let serve = Command(
        "serve", summary: "Serve visitors and desks until told to stop.",
        settings: [
            SettingDeclaration(Operation.port), SettingDeclaration(Operation.host), SettingDeclaration(Operation.trustsProxy),
            SettingDeclaration(Operation.metricsToken), SettingDeclaration(Operation.drain),
            SettingDeclaration(ConversationSettings.idleMinutes), SettingDeclaration(Pages.webRoot),
            SettingDeclaration(WebhookEgress.allowsInside), SettingDeclaration(LanguageModel.allowsInside),
            SettingDeclaration(Rate.arrivals.setting), SettingDeclaration(Rate.visitorCommands.setting),
            SettingDeclaration(Rate.deskCommands.setting),
            SettingDeclaration(Roles.setting),
            SettingDeclaration(Demo.isOn), SettingDeclaration(Demo.language),
            SettingDeclaration(Demo.which),
        ] + HintsBetweenNodes.settings
    ) { _, settings in
        OpenFiles.raiseLimit()
        try await Installation(settings, serves: true).serve()
    }
}
