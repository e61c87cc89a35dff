package mo.farol.app;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import mo.farol.account.Certificate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code farol agency certs}. */
@Command(name = "certs", description = "Lists an agency's client certificates, newest first.")
final class CertsCommand implements Callable<Integer> {
  private static final String ROW = "%s\t%s\t%s\t%s\t%s\t%s%n";

  @Mixin private HomeOption home;

  @Parameters(paramLabel = "NAME", description = "the agency")
  private String name;

  @Override
  public Integer call() {
    var all = Office.in(home, people -> people.certificates().of(Office.agency(people, name).id()));
    System.out.printf(ROW, "serial", "state", "issued", "by", "ends", "key.sha256");
    for (var certificate : all) {
      System.out.printf(
          ROW,
          certificate.serial(),
          state(certificate),
          seconds(certificate.issuedAt()),
          Rows.plain(certificate.issuedBy()),
          seconds(certificate.until()),
          certificate.key());
    }
    return 0;
  }

  private static String state(Certificate certificate) {
    if (certificate.revokedAt().isPresent()) {
      return "revoked";
    }
    return certificate.stands(Instant.now()) ? "valid" : "over";
  }

  private static String seconds(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
