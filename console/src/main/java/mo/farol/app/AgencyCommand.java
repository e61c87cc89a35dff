package mo.farol.app;

import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import mo.farol.account.Agencies;
import mo.farol.centre.Usage;
import mo.farol.event.Agency;
import mo.farol.event.Scope;
import mo.farol.ledger.Deeds;
import mo.farol.ledger.Ledger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code farol agency}: whom the centre watches over. */
@Command(
    name = "agency",
    description =
        "Adds and lists agencies, issues and revokes what they send with, prints what to paste into"
            + " their forwarders.",
    subcommands = {
      AgencyCommand.Add.class,
      AgencyCommand.ListAll.class,
      SnippetCommand.class,
      IngestTokenCommand.class,
      CertCommand.class,
      CertsCommand.class,
      RevokeCommand.class
    })
final class AgencyCommand {
  private AgencyCommand() {}

  /** {@code agency add}. */
  @Command(
      name = "add",
      description =
          "Adds an agency; prints its ingest token, only this once, and where its certificate is.")
  static final class Add implements Callable<Integer> {
    @Mixin private HomeOption home;

    @Option(
        names = "--title",
        paramLabel = "TEXT",
        description = "what people call it (default: NAME)")
    private Optional<String> title;

    @Parameters(paramLabel = "NAME", description = "short id: lower-case letters, digits, hyphens")
    private String name;

    @Override
    public Integer call() {
      var agency = agency();
      Office.in(
          home,
          people -> {
            people.agencies().add(agency);
            String token = people.tokens().ingest(agency.id(), "agency add", Office.BY);
            var folder = CertCommand.first(home, people, agency.id());
            System.out.println("agency=" + agency.id());
            System.out.println("token=" + token);
            System.out.println("certificate=" + folder);
            return agency;
          });
      return 0;
    }

    private Agency agency() {
      try {
        return new Agency(name, title.orElse(name));
      } catch (IllegalArgumentException e) {
        throw new Usage(String.valueOf(e.getMessage()));
      }
    }
  }

  /** {@code agency list}. */
  @Command(name = "list", description = "Lists the agencies.")
  static final class ListAll implements Callable<Integer> {
    @Mixin private HomeOption home;

    @Override
    public Integer call() {
      home.ledger(ledger -> agencies(ledger).all(Scope.national()))
          .forEach(a -> System.out.println(a.id() + "\t" + a.name()));
      return 0;
    }
  }

  /** A Usage where there is no such agency. */
  static void mustBeThere(Ledger ledger, String agency) {
    if (agencies(ledger).find(agency).isEmpty()) {
      throw new Usage(
          "no agency '%s'; add it with 'farol agency add %s'".formatted(agency, agency));
    }
  }

  private static Agencies agencies(Ledger ledger) {
    var clock = InstantSource.system();
    return new Agencies(ledger, new Deeds(ledger, clock), clock);
  }
}
