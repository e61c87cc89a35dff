package mo.farol.wire;

import io.netty.channel.Channel;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Open connections whose agency a certificate told: one that no longer stands ends what it opened.
 * Any thread may call.
 */
final class Certified {
  private record Client(X509Certificate certificate, String agency) {}

  private final IntakeTls tls;
  private final Counts counts;
  private final Map<Channel, Client> open = new ConcurrentHashMap<>();

  Certified(IntakeTls tls, Counts counts) {
    this.tls = tls;
    this.counts = counts;
    tls.onChange(this::askAgain);
  }

  void hold(Channel channel, X509Certificate certificate, String agency) {
    var client = new Client(certificate, agency);
    open.put(channel, client);
    channel.closeFuture().addListener(_ -> open.remove(channel));
    look(channel, client); // revoked since it was asked: then nobody else looks again
  }

  private void askAgain() {
    open.forEach(this::look);
  }

  private void look(Channel channel, Client client) {
    boolean stands = tls.agencyOf(client.certificate()).filter(client.agency()::equals).isPresent();
    if (!stands) {
      counts.refused("revoked", 1);
      channel.close();
    }
  }
}
