import Basics
import Bot
import Web

/// Look-ups leave through the one client that checks every address. The demo shop's own orders are inside the house.
enum LookUpEgress {
    static func connectors(_ ground: Ground, _ sealer: Sealer) -> Connectors {
        let (allowsInside, isShop) = (ground.settings[WebhookEgress.allowsInside], Demo.isShop(ground.settings))
        return Connectors(database: ground.database, surroundings: ground.surroundings, sealer: sealer) { url, timeout in
            Egress(
                allowsInside: allowsInside || isShop && ShopOrders.serves(url), timeout: timeout, largestAnswer: 1 << 20)
        }
    }
}
