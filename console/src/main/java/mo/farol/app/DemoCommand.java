package mo.farol.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import mo.farol.centre.Config;
import mo.farol.centre.Farol;
import mo.farol.event.Agency;
import mo.farol.sample.DemoTraffic;
import mo.farol.sample.SampleAgency;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code farol demo}: the whole centre in a fresh folder, with sample agencies, live traffic and a
 * repeating attack.
 */
@Command(
    name = "demo",
    description = "Starts the centre in a fresh folder with sample agencies, traffic and attacks.")
final class DemoCommand implements Callable<Integer> {
  @Option(
      names = "--home",
      paramLabel = "DIR",
      description = "folder to use instead of a fresh temporary one")
  private Optional<Path> home;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "override one key of the configuration")
  private List<String> sets = List.of();

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "names the traffic; the same seed tells the same stories")
  private long seed;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path folder = home.isPresent() ? home.get() : Files.createTempDirectory("farol-demo-");
    var farol = Farol.open(Config.read(folder, Optional.empty(), settings()));
    var tokens = new HashMap<String, String>();
    for (var agency : SampleAgency.all()) {
      farol.agencies().add(new Agency(agency.id(), agency.name()));
      tokens.put(agency.id(), farol.ingestToken(agency.id(), "demo"));
    }
    farol.start();
    var traffic = new DemoTraffic(listeners(farol, tokens), seed);
    traffic.start();
    welcome(farol, folder);
    RunCommand.untilSignal(
        farol,
        () -> {
          traffic.close();
          farol.close();
        });
    return 0;
  }

  private List<String> settings() {
    var all = new ArrayList<String>();
    all.add("intake.agency=" + byWay(SampleAgency.Way.UDP).getFirst().id());
    all.add(
        "intake.pinned="
            + byWay(SampleAgency.Way.TCP).stream()
                .map(a -> a.id() + "=0")
                .collect(Collectors.joining(",")));
    all.addAll(sets);
    return all;
  }

  private static DemoTraffic.Listeners listeners(Farol farol, Map<String, String> tokens) {
    var tcp =
        byWay(SampleAgency.Way.TCP).stream()
            .collect(
                Collectors.toMap(
                    SampleAgency::id, a -> farol.listener("intake.syslog.tcp." + a.id())));
    return new DemoTraffic.Listeners(
        tcp, farol.listener("intake.syslog.udp"), farol.listener("intake.http"), tokens);
  }

  private static List<SampleAgency> byWay(SampleAgency.Way way) {
    return SampleAgency.all().stream().filter(a -> a.way() == way).toList();
  }

  private static void welcome(Farol farol, Path folder) {
    System.out.println();
    System.out.println(
        "  Farol is up, with four sample agencies and an intruder who is about to begin.");
    System.out.println("  console   " + farol.console());
    System.out.println(
        "  sign in   admin / " + farol.firstPassword().orElse("(the password of this home)"));
    System.out.println("  home      " + folder + "   (Ctrl-C ends the demonstration)");
    System.out.println();
  }
}
