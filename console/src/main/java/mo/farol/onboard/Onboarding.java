package mo.farol.onboard;

import java.util.function.Supplier;
import mo.farol.account.Agencies;
import mo.farol.account.Certificates;
import mo.farol.account.Tokens;
import mo.farol.health.Endings;

/**
 * All that brings an agency in, for pages and the API.
 *
 * @param endings what of it ends soon
 * @param reach how agencies reach the listeners that are open now
 */
public record Onboarding(
    Agencies agencies,
    Tokens tokens,
    Certificates certificates,
    Arrivals arrivals,
    TestLine testLine,
    Endings endings,
    Supplier<Reach> reach) {}
