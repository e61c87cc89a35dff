package mo.farol.app;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.Callable;
import mo.farol.account.Agencies;
import mo.farol.account.Certificate;
import mo.farol.account.Certificates;
import mo.farol.centre.Usage;
import mo.farol.event.Agency;
import mo.farol.event.Scope;
import mo.farol.health.Endings;
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
  @Command(
      name = "list",
      description =
          "Lists the agencies: id, name, until when their last certificate is valid, and whether"
              + " that is soon.")
  static final class ListAll implements Callable<Integer> {
    @Mixin private HomeOption home;

    @Override
    public Integer call() {
      Office.in(
              home,
              people ->
                  people.agencies().all(Scope.national()).stream()
                      .map(agency -> row(agency, people.certificates()))
                      .toList())
          .forEach(System.out::println);
      return 0;
    }

    private static String row(Agency agency, Certificates certificates) {
      var last =
          certificates.of(agency.id()).stream()
              .filter(certificate -> certificate.revokedAt().isEmpty())
              .map(Certificate::until)
              .max(Comparator.naturalOrder());
      return String.join(
          "\t",
          agency.id(),
          Rows.plain(agency.name()),
          last.map(at -> at.truncatedTo(ChronoUnit.SECONDS).toString()).orElse("-"),
          last.map(at -> state(at, Instant.now())).orElse("no certificate"));
    }

    private static String state(Instant until, Instant now) {
      long whole = Duration.between(now, until).abs().toDays();
      String days = whole + (whole == 1 ? " day" : " days");
      if (!until.isAfter(now)) {
        return "over for " + days;
      }
      boolean isSoon = until.isBefore(now.plus(Endings.SOON));
      return isSoon ? "ends in " + days : "valid";
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
