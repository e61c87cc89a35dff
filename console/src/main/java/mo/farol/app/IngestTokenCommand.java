package mo.farol.app;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import mo.farol.account.IngestTerms;
import mo.farol.account.Network;
import mo.farol.centre.People;
import mo.farol.centre.Usage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code farol agency token}: an ingest token, printed once. */
@Command(
    name = "token",
    description =
        "Prints a further ingest token of an agency, only this once; 'farol token list' lists"
            + " them.")
final class IngestTokenCommand implements Callable<Integer> {
  @Mixin private HomeOption home;

  @Option(
      names = "--label",
      paramLabel = "TEXT",
      defaultValue = "agency token",
      description = "what it is for")
  private String label;

  @Option(
      names = "--from",
      paramLabel = "CIDR",
      description = "take it from this network only; may be given again")
  private List<String> from = List.of();

  @Option(
      names = "--ttl",
      paramLabel = "D",
      description = "how long it lasts: 12h, 90d (default: until it is revoked)")
  private Optional<String> ttl;

  @Option(
      names = "--replaces",
      paramLabel = "ID",
      description = "an older token, which then ends after --grace")
  private Optional<String> replaces;

  @Option(
      names = "--grace",
      paramLabel = "D",
      defaultValue = "24h",
      description = "how long the replaced one still serves (default: ${DEFAULT-VALUE})")
  private String grace;

  @Parameters(paramLabel = "NAME", description = "the agency")
  private String name;

  @Override
  public Integer call() {
    System.out.println(Office.in(home, this::make));
    return 0;
  }

  private String make(People people) {
    String agency = Office.agency(people, name).id();
    var terms =
        new IngestTerms(
            label,
            ttl.map(t -> Office.lifetime("--ttl", t)),
            from.stream().map(Network::parse).toList());
    var lasts = Office.lifetime("--grace", grace);
    var old =
        replaces.map(
            id ->
                people.tokens().ofAgency(agency).stream()
                    .filter(t -> t.id().equals(id))
                    .findFirst()
                    .orElseThrow(
                        () ->
                            new Usage(
                                "%s has no token '%s'; 'farol token list' shows them"
                                    .formatted(agency, Rows.plain(id)))));
    String token = people.tokens().ingest(agency, terms, Office.BY);
    old.ifPresent(t -> people.tokens().endAfter(t.id(), lasts, Office.BY));
    return token;
  }
}
