package mo.farol.centre;

import java.time.InstantSource;
import mo.farol.account.Accounts;
import mo.farol.account.Agencies;
import mo.farol.account.Certificates;
import mo.farol.account.Sessions;
import mo.farol.account.Tokens;
import mo.farol.ledger.Deeds;
import mo.farol.ledger.Ledger;

/** The account room, opened over a ledger. */
public record People(
    Accounts accounts,
    Agencies agencies,
    Sessions sessions,
    Tokens tokens,
    Certificates certificates) {
  public static People over(Config config, Ledger ledger, Deeds deeds, InstantSource clock) {
    return new People(
        new Accounts(ledger, deeds, clock),
        new Agencies(ledger, deeds, clock),
        new Sessions(ledger, clock),
        new Tokens(ledger, deeds, clock),
        new Certificates(
            ledger, deeds, clock, new Home(config.home()).keys(), config.senders().listenersOwn()));
  }
}
