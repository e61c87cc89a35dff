package mo.farol.app;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import mo.farol.centre.Config;
import mo.farol.centre.Home;
import mo.farol.centre.Reaching;
import mo.farol.centre.Running;
import mo.farol.centre.Usage;
import mo.farol.onboard.Forwarder;
import mo.farol.onboard.Snippets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code farol agency snippet}. */
@Command(
    name = "snippet",
    description =
        "Prints what to paste into an agency's forwarder: the whole file, with the ports as they"
            + " are.")
final class SnippetCommand implements Callable<Integer> {
  @Mixin private HomeOption home;

  @Option(
      names = "--for",
      required = true,
      paramLabel = "F",
      description =
          "rsyslog, syslog-ng, fluent-bit, vector, filebeat, winlogbeat, nxlog, otel, splunk,"
              + " log4j2, logback, python, curl, logger or device")
  private String forwarder;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      description =
          "how the agency reaches the centre (default: the first of intake.tls.names, else bind)")
  private Optional<String> host;

  @Option(
      names = "--certs",
      paramLabel = "DIR",
      description =
          "where the agency's machine keeps the certificate (default: /etc/farol, C:/farol)")
  private Optional<String> certificates;

  @Parameters(paramLabel = "NAME", description = "the agency")
  private String name;

  @Override
  public Integer call() {
    String agency = Office.in(home, people -> Office.agency(people, name)).id();
    var config = Config.read(home.path(), Optional.empty(), List.of());
    var ports =
        Running.on(new Home(home.path()))
            .map(Running::ports)
            .orElseGet(() -> Reaching.configured(config));
    var usual = Reaching.of(config, ports);
    var reach = host.map(usual::by).orElse(usual);
    try {
      System.out.print(Snippets.of(asked(), agency, reach, certificates));
      Snippets.trouble(asked(), reach).ifPresent(t -> System.err.println("farol: " + t));
    } catch (IllegalArgumentException e) {
      throw new Usage(String.valueOf(e.getMessage()));
    }
    return 0;
  }

  private Forwarder asked() {
    return Forwarder.named(forwarder)
        .orElseThrow(
            () ->
                new Usage(
                    "--for takes %s, not '%s'"
                        .formatted(
                            Arrays.stream(Forwarder.values())
                                .map(Forwarder::word)
                                .collect(Collectors.joining(", ")),
                            Rows.plain(forwarder))));
  }
}
