/**
 * Turns frames into events: bytes in, columns of (field, value) out.
 *
 * <p>In: {@link mo.farol.event.FrameBatch}. Out: {@link mo.farol.event.EventBatch}, one event a
 * frame; one that no format can read is rejected with a reason and keeps its raw text as {@code
 * message}. Runs on the caller's thread; a {@link mo.farol.parse.Parser} belongs to one. Follows
 * RFC 5424 section 6, RFC 3164 as senders really write it, RFC 8259 (JSON), and names fields by
 * ECS.
 *
 * <p>{@code event.dataset} says what kind of line it was, so that rules can be routed:
 *
 * <table>
 * <caption>Datasets and the Sigma log sources they answer</caption>
 * <tr><th>event.dataset</th><th>read from</th><th>Sigma logsource</th></tr>
 * <tr><td>sshd</td><td>sshd, sshd-session</td><td>product linux, service sshd / auth</td></tr>
 * <tr><td>pam</td><td>lines of pam_unix and its kin, from any program</td><td>product linux, service
 * auth</td></tr>
 * <tr><td>sudo, su</td><td>sudo, su</td><td>product linux, service sudo / auth</td></tr>
 * <tr><td>iam</td><td>useradd, usermod, userdel, groupadd, passwd, chpasswd</td><td>product linux,
 * service auth</td></tr>
 * <tr><td>cron</td><td>CRON, crond, cron</td><td>product linux, service cron</td></tr>
 * <tr><td>systemd, kernel</td><td>systemd, kernel</td><td>product linux, service syslog</td></tr>
 * <tr><td>ufw, iptables</td><td>kernel lines of netfilter</td><td>category firewall</td></tr>
 * <tr><td>httpd</td><td>Apache and nginx access logs</td><td>category webserver</td></tr>
 * <tr><td>postfix</td><td>postfix/*</td><td>category antivirus excepted: product linux</td></tr>
 * <tr><td>named</td><td>BIND query log</td><td>category dns; service named</td></tr>
 * <tr><td>cisco.asa</td><td>%ASA-… messages</td><td>product cisco, category firewall</td></tr>
 * <tr><td>windows.security, windows.sysmon, windows.powershell, windows.system,
 * windows.application, windows.NAME</td><td>JSON with {@code Channel}</td><td>product windows;
 * service and category by Channel and EventID</td></tr>
 * <tr><td>zeek.dns, zeek.http, …</td><td>JSON that says so in {@code log}</td><td>product zeek,
 * service NAME</td></tr>
 * <tr><td>auditd</td><td>JSON that says so in {@code log}</td><td>product linux, service
 * auditd</td></tr>
 * <tr><td>cef, leef, gelf</td><td>those formats</td><td>by device vendor and product</td></tr>
 * </table>
 */
@NullMarked
package mo.farol.parse;

import org.jspecify.annotations.NullMarked;
