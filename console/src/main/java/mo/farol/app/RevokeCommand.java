package mo.farol.app;

import java.util.concurrent.Callable;
import mo.farol.centre.People;
import mo.farol.centre.Usage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code farol agency revoke}: a certificate, or all that an agency can send with. */
@Command(
    name = "revoke",
    description =
        "Revokes one certificate, or every certificate and ingest token of an agency. A running"
            + " centre closes their connections within seconds.")
final class RevokeCommand implements Callable<Integer> {
  @Mixin private HomeOption home;

  @Parameters(paramLabel = "SERIAL|NAME", description = "as 'farol agency certs' shows it")
  private String which;

  @Override
  public Integer call() {
    System.out.println(Office.in(home, this::revoke));
    return 0;
  }

  private String revoke(People people) {
    var one = people.certificates().find(which);
    if (one.isPresent()) {
      if (!people.certificates().revoke(which, Office.BY)) {
        throw new Usage("certificate %s was revoked before".formatted(one.get().serial()));
      }
      return "revoked certificate %s of %s".formatted(one.get().serial(), one.get().agency());
    }
    if (people.agencies().find(which).isEmpty()) {
      throw new Usage(
          "'%s' is no certificate and no agency; 'farol agency certs NAME' lists certificates"
              .formatted(Rows.plain(which)));
    }
    return "revoked %d certificates and %d tokens of %s"
        .formatted(
            people.certificates().revokeAll(which, Office.BY),
            people.tokens().revokeAll(which, Office.BY),
            which);
  }
}
