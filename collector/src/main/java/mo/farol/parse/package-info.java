/**
 * Turns frames into events.
 *
 * <p>In: a {@link mo.farol.event.FrameBatch}. Out: an {@link mo.farol.event.EventBatch}: ECS names,
 * values as slices of the frames' own bytes. Stateless but for scratch; a {@link
 * mo.farol.parse.Parser} belongs to one thread. Follows RFC 5424 section 6, RFC 3164 as senders
 * really write it, JSON lines, CEF, and the texts of common daemons.
 *
 * <p>{@code event.dataset} names the kind of text, which Sigma log sources are routed by: {@code
 * sshd}, {@code sudo}, {@code su}, {@code useradd}, {@code cron}, {@code systemd}, {@code pam},
 * {@code firewall}, {@code httpd}, {@code postfix}, {@code named}, {@code cef}, {@code zeek.dns}
 * and other {@code zeek.*}, {@code windows}.
 */
@NullMarked
package mo.farol.parse;

import org.jspecify.annotations.NullMarked;
