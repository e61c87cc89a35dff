package mo.farol.app;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import mo.farol.account.Agencies;
import mo.farol.centre.Config;
import mo.farol.centre.Key;
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
      AgencyCommand.Snippet.class,
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

  /** {@code agency snippet}. */
  @Command(name = "snippet", description = "Prints what to paste into an agency's forwarder.")
  static final class Snippet implements Callable<Integer> {
    @Mixin private HomeOption home;

    @Option(names = "--for", required = true, paramLabel = "F", description = "rsyslog or curl")
    private String forwarder;

    @Option(
        names = "--host",
        paramLabel = "HOST",
        defaultValue = "127.0.0.1",
        description = "where the agency reaches the centre (default: ${DEFAULT-VALUE})")
    private String host;

    @Parameters(paramLabel = "NAME", description = "the agency")
    private String name;

    @Override
    public Integer call() {
      home.ledger(
          ledger -> {
            mustBeThere(ledger, name);
            return name;
          });
      var config = Config.read(home.path(), Optional.empty(), List.of());
      System.out.print(
          switch (forwarder) {
            case "rsyslog" -> rsyslog(config);
            case "curl" -> curl(config);
            default -> throw new Usage("--for takes rsyslog or curl, not '" + forwarder + "'");
          });
      return 0;
    }

    private String rsyslog(Config config) {
      boolean shared = config.text(Key.INTAKE_AGENCY).equals(name);
      Integer port =
          config.pinned().getOrDefault(name, shared ? config.port(Key.INTAKE_SYSLOG_TCP) : null);
      if (port == null) {
        throw new Usage(
            "%s has no syslog port of its own yet: write 'intake.pinned: \"%s=5614\"' into %s, restart the centre, ask again"
                .formatted(name, name, home.path().resolve("farol.yaml")));
      }
      return """
      # /etc/rsyslog.d/60-farol.conf; the centre must be reachable there: key 'bind'
      *.* action(type="omfwd" target="%s" port="%d" protocol="tcp"
                 template="RSYSLOG_SyslogProtocol23Format" TCP_Framing="octet-counted"
                 queue.type="LinkedList" queue.filename="farol" queue.maxDiskSpace="1g"
                 queue.saveOnShutdown="on" action.resumeRetryCount="-1")
      """
          .formatted(host, port);
    }

    private String curl(Config config) {
      return """
      # the token is the one 'farol agency add' printed
      curl -sS -X POST http://%s:%d/v1/events -H "Authorization: Bearer $FAROL_TOKEN" \\
        -H "Content-Type: application/x-ndjson" --data-binary @events.ndjson
      """
          .formatted(host, config.port(Key.INTAKE_HTTP));
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
