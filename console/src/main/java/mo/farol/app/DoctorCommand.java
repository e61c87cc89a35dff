package mo.farol.app;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import mo.farol.centre.Logging;
import mo.farol.doctor.Doctor;
import mo.farol.doctor.Remark;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code farol doctor}: what an operator should see to, a line each. */
@Command(
    name = "doctor",
    description = {
      "Looks at machine, home and configuration, before a start or beside a running centre.",
      "A line each: OK, WARN or FAIL, what was found and what to do. Leaves nothing behind."
    })
final class DoctorCommand implements Callable<Integer> {
  @Mixin private HomeOption home;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "configuration file (default: farol.yaml in the home)")
  private Optional<Path> configFile;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "override one key of the configuration")
  private List<String> sets = List.of();

  @Override
  public Integer call() {
    Logging.quiet();
    var remarks = Doctor.look(home.path(), configFile, sets, InstantSource.system());
    for (var remark : remarks) {
      System.out.printf(
          "%-4s %-13s %s%n", remark.level(), remark.about(), Rows.plain(remark.said()));
    }
    return remarks.stream().anyMatch(r -> r.level() == Remark.Level.FAIL) ? 1 : 0;
  }
}
