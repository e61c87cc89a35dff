package mo.farol.onboard;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Supplier;

/** Says in which ways a test line of an agency can go from here. */
final class TestRouteFinder {
  private static final String HTTP = "intake.http";

  private final AtHand keys;
  private final Supplier<Doors> doors;

  /**
   * @param keys certificates of agencies that can be shown from here
   * @param doors the listeners as they are open now
   */
  TestRouteFinder(AtHand keys, Supplier<Doors> doors) {
    this.keys = keys;
    this.doors = doors;
  }

  /** How a line of an agency can go from here, as a forwarder sends and over HTTP. */
  TestRoutes of(Forwarder forwarder, String agency) {
    var open = doors.get();
    var held = keys.of(agency).map(known -> known.certificate().serial());
    var own = own(forwarder, agency, open, held);
    var lack = own.isPresent() ? TestRoutes.Lack.NOTHING : lack(forwarder, agency, open);
    return new TestRoutes(own, lack, http(Speech.EVENTS, agency, open));
  }

  private static Optional<Way> own(
      Forwarder forwarder, String agency, Doors open, Optional<String> held) {
    var speech = Speech.of(forwarder);
    if (forwarder.needsOwnPort()) {
      boolean byLine = speech == Speech.COUNTED && open.isByLine(forwarder.key(), agency);
      var spoken = byLine ? Speech.LINES : speech;
      return open.own(forwarder.key(), agency).map(to -> theirs(spoken, to));
    }
    if (held.isPresent()) {
      return open.any(forwarder.key(), agency)
          .map(to -> new Way(speech, to, true, Way.Proof.CERTIFICATE, held));
    }
    if (speech.isHttp()) {
      return http(speech, agency, open);
    }
    // Plain, where the port alone says whose a line is; syslog's TLS port is never plain.
    boolean takesPlain = speech.isAnswered() && !open.tlsOnly();
    return takesPlain
        ? open.own(forwarder.key(), agency).map(to -> theirs(speech, to))
        : Optional.empty();
  }

  private static Way theirs(Speech speech, InetSocketAddress to) {
    return new Way(speech, to, false, Way.Proof.LISTENER, Optional.empty());
  }

  private static Optional<Way> http(Speech speech, String agency, Doors open) {
    return open.any(HTTP, agency)
        .map(to -> new Way(speech, to, open.tlsOnly(), Way.Proof.TOKEN, Optional.empty()));
  }

  private static TestRoutes.Lack lack(Forwarder forwarder, String agency, Doors open) {
    if (forwarder.needsOwnPort()) {
      return TestRoutes.Lack.PORT;
    }
    return open.any(forwarder.key(), agency).isEmpty()
        ? TestRoutes.Lack.LISTENER
        : TestRoutes.Lack.KEY;
  }
}
