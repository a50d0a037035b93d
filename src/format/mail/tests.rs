//! Mail of every make, and what looks like mail and is none.

use super::*;
use crate::contract::Likeness;
use proptest::prelude::*;

fn entry(bytes: impl Into<Vec<u8>>) -> Entry {
    Entry { bytes: bytes.into(), ..Entry::default() }
}

fn stories(bytes: impl Into<Vec<u8>>) -> Vec<Story> {
    let entry = entry(bytes);
    assert_ne!(head::sniff(&entry), Likeness::No);
    let mut stories = Vec::new();
    read(&entry, &mut |story| stories.push(story.unwrap())).unwrap();
    stories
}

const MAIL: &str = "Received: from mx.a.example by b.example; Tue, 18 Mar 2025 10:00:05 +0100\r\n\
From: =?utf-8?Q?Ada_Orlo_via_Nordwire?= <ada@nordwire.example>\r\nTo: desk@b.example\r\n\
Subject: =?iso-8859-1?Q?Fwd:_Port_d=E9j=E0?=\r\n =?iso-8859-1?Q?_ouvert?=\r\nDate: Tue, 18 Mar 2025 10:00:00 +0100 (CET)\r\n\
Message-ID: <1@nordwire.example>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"out\"\r\n\r\n\
--out\r\nContent-Type: multipart/alternative; boundary=in\r\n\r\n\
--in\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
PORT AZURE (AP) - The port d=E9j=E0 opened on Monday after three weeks in=\r\n which nobody came.\r\n\r\n\
\"At last,\" said Mara Lund.\r\n\r\n-- \r\nAda Orlo\r\nNordwire\r\n\r\n\
--in\r\nContent-Type: text/html\r\n\r\n<p>Short</p>\r\n--in--\r\n\
--out\r\nContent-Type: text/xml; name=port.xml\r\nContent-Disposition: attachment; filename=port.xml\r\n\r\n<nitf/>\r\n\
--out\r\nContent-Type: message/rfc822\r\n\r\n\
From: desk@a.example\r\nSubject: Ferry late\r\nDate: Mon, 17 Mar 2025 09:00 IST\r\n\r\nThe ferry was late again.\r\n\
--out--\r\n";

#[test]
fn a_mail_is_a_story_and_so_is_each_that_is_attached() {
    let stories = stories(MAIL);
    assert_eq!(stories.len(), 2);
    let story = &stories[0];
    assert_eq!(
        (story.title.as_str(), story.id.as_str()),
        ("Port déjà ouvert", "1@nordwire.example")
    );
    assert_eq!((story.source.as_str(), &story.bylines[..]), ("Nordwire", &["Ada Orlo".into()][..]));
    assert_eq!(story.published.unwrap().to_string(), "2025-03-18T10:00:00+01:00");
    assert_eq!((story.place.as_str(), story.credit.as_str()), ("PORT AZURE", "Associated Press"));
    assert_eq!(
        story.body,
        "The port déjà opened on Monday after three weeks in which nobody came.\n\n\"At last,\" said Mara Lund."
    );
    assert!(story.note.contains("Attached: port.xml (text/xml)"), "{}", story.note);
    assert_eq!(
        (story.origins.of("title"), story.origins.of("body")),
        (Some("Subject"), Some("text/plain"))
    );
    assert_eq!(
        (stories[1].title.as_str(), stories[1].body.as_str()),
        ("Ferry late", "The ferry was late again.")
    );
}

#[test]
fn a_zone_that_is_unknown_or_ambiguous_stays_local() {
    let published = |date: &str| {
        let mail = format!("From: a@b.example\nSubject: x\nDate: {date}\n\nIt opened.\n");
        stories(mail)[0].published.map(|time| time.to_string()).unwrap_or_default()
    };
    for (date, expected) in [
        ("Tue, 18 Mar 2025 10:00:00 IST", "2025-03-18T10:00:00"),
        ("Tue, 18 Mar 2025 10:00:00 XYZ", "2025-03-18T10:00:00"),
        ("Tue, 18 Mar 2025 10:00:00 EST", "2025-03-18T10:00:00-05:00"),
        ("18 Mar 25 10:00 GMT", "2025-03-18T10:00:00Z"),
        ("Tue, 18 Mar 2025\n 10:00:00 +0530 (IST)", "2025-03-18T10:00:00+05:30"),
    ] {
        assert_eq!(published(date), expected);
    }
}

#[test]
fn html_is_read_where_the_text_only_points_to_it() {
    let stories = stories(
        "From: Nordwire <a@b.example>\nSubject: Port opens\nMessage-ID: <1@b>\nContent-Type: multipart/alternative; boundary=x\n\n\
         --x\nContent-Type: text/plain\n\nView this email in your browser: https://a.example\n\
         --x\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64\n\n\
         PGh0bWw+PGJvZHk+PHA+VmlldyBpbiBicm93c2VyPC9wPjxwPkl0IDxiPm9wZW5lZDwvYj4gb24gTW9uZGF5LCBzYWlkIHRoZSBwb3J0LjwvcD48cD5Ob2JvZHkgY2FtZSB0byBzZWUgaXQuPC9wPjxwPlVuc3Vic2NyaWJlPC9wPjwvYm9keT48L2h0bWw+\n--x--\n",
    );
    assert_eq!(stories[0].body, "It opened on Monday, said the port.\n\nNobody came to see it.");
    assert_eq!(
        (stories[0].source.as_str(), stories[0].origins.of("body")),
        ("Nordwire", Some("text/html"))
    );
}

#[test]
fn quoted_replies_and_footers_are_no_body() {
    let stories = stories(
        "From: Ada Orlo <a@b.example>\nOrganization: Nordwire\nSubject: Re: AW: Port opens\nDate: Tue, 18 Mar 2025 10:00:00 +0000\n\
         Content-Type: text/plain; format=flowed\n\nIt opened \nagain.\n\nOn Monday, Ivan Vane wrote:\n> When?\n> Now?\n\n\
         You are receiving this because you asked. Unsubscribe here.\n",
    );
    assert_eq!(
        (stories[0].title.as_str(), stories[0].body.as_str()),
        ("Port opens", "It opened again.")
    );
    assert_eq!(
        (stories[0].source.as_str(), &stories[0].bylines[..]),
        ("Nordwire", &["Ada Orlo".into()][..])
    );
}

#[test]
fn what_was_passed_on_in_the_text_has_its_own_head() {
    let stories = stories(
        "From: Ivan Vane <i@b.example>\nSubject: Fwd: x\nDate: Wed, 19 Mar 2025 10:00:00 +0000\n\nFYI\n\n\
         ---------- Forwarded message ---------\nFrom: Nordwire <a@b.example>\nDate: Tue, 18 Mar 2025 10:00:00 +0100\n\
         Subject: Port opens\nTo: i@b.example\n\nPORT AZURE - It opened.\n",
    );
    assert_eq!((stories[0].title.as_str(), stories[0].source.as_str()), ("Port opens", "Nordwire"));
    assert_eq!(stories[0].published.unwrap().to_string(), "2025-03-18T10:00:00+01:00");
    assert_eq!((stories[0].place.as_str(), stories[0].body.as_str()), ("PORT AZURE", "It opened."));
}

#[test]
fn wire_copy_in_a_mail_gives_its_slug_headline_and_byline() {
    let stories = stories(
        "From: Nordwire <a@b.example>\nSubject: BC-PORT-OPENS\nMessage-ID: <1@b>\n\nBC-PORT/3\n\n\
         Port of Kestrel Bay opens again\n\nBy Ada Orlo\n\nKESTREL BAY, March 3 (AP) - It opened.\n\nENDS\n",
    );
    let story = &stories[0];
    assert_eq!(
        (story.title.as_str(), story.slug.as_str()),
        ("Port of Kestrel Bay opens again", "BC-PORT/3")
    );
    assert_eq!((&story.bylines[..], story.body.as_str()), (&["Ada Orlo".into()][..], "It opened."));
}

#[test]
fn bytes_without_a_character_set_are_looked_at() {
    let mut mail =
        b"From: a@b.example\nSubject: x\nMessage-ID: <1@b>\n\nLe port de la ville est d".to_vec();
    mail.extend(b"\xE9j\xE0 ouvert, a dit le maire \xE0 la presse.\n");
    assert_eq!(
        stories(mail)[0].body,
        "Le port de la ville est déjà ouvert, a dit le maire à la presse."
    );
}

#[test]
fn a_press_release_begins_at_its_dateline_whatever_it_says_of_its_bytes() {
    let stories = stories(
        "From: Press Office <p@b.example>\nSubject: Minister opens bridge\nMessage-ID: <1@b>\n\
         Content-Type: text/plain; charset=windows-1252\n\nFOR IMMEDIATE RELEASE\nMarch 3, 2025\n\n\
         MINISTER OPENS BRIDGE\n\nKESTREL BAY, Velmark – The bridge was “opened” on Monday.\n\n###\n\n\
         Contact: Ivan Vane\n\n____\nThis e-mail is intended solely for the addressee.\n",
    );
    assert_eq!(stories[0].body, "The bridge was “opened” on Monday.");
    assert_eq!(stories[0].place, "KESTREL BAY");
}

#[test]
fn wire_copy_with_lines_like_a_head_is_no_mail() {
    for text in [
        "Subject: Port opens\nDate: today\n\nIt opened.\n",
        "From: the desk\nTo: all editors\nSubject: Port\n\nIt opened.\n",
        "Port opens\n\nFrom: a@b.example\nDate: x\n",
        "From: a@b.example\n\nIt opened.\n",
        "Message: one\nDate: two\nReceived with thanks\n\nIt opened.\n",
        "",
        "From ",
    ] {
        assert_eq!(head::sniff(&entry(text)), Likeness::No, "{text}");
    }
}

#[test]
fn bombs_are_refused_or_read_in_time() {
    let head = "From: a@b.example\nSubject: x\nMessage-ID: <1@b>\n";
    let nested: String = (0..1000)
        .map(|n| format!("Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n"))
        .collect();
    let endless: String = (0..50_000)
        .map(|n| format!("--b\nContent-Type: multipart/mixed; boundary=c{n}\n\nx\n"))
        .collect();
    for mail in [
        format!("{head}{nested}"),
        format!("{head}Content-Type: multipart/mixed; boundary=b\n\n{endless}"),
        format!("{head}Content-Type: text/plain; {}\n\nx", "a*1*=utf-8''b; ".repeat(600_000)),
        format!("{head}X-Long: {}\n\nIt opened.\n", "a".repeat(10_000_000)),
        format!("{head}Subject: {}\n\nIt opened.\n", "=?utf-8?Q?a ".repeat(900_000)),
        format!("{head}To: {}\n\nIt opened.\n", "<a,".repeat(3_000_000)),
        format!("{head}{}\nIt opened.\n", "Content-Type: message/rfc822\n\n".repeat(20_000)),
        format!("{head}{}\nIt opened.\n", "Content-Type: message/rfc822\n\n".repeat(1_000)),
        format!("{head}\n{}", "> On Monday, Ada Orlo wrote:\n".repeat(100_000)),
        format!("{head}\n{}", "unsubscribe\n\n".repeat(100_000)),
    ] {
        let _ = head::sniff(&entry(mail.clone()));
        let _ = read(&entry(mail), &mut |_| {});
    }
}

proptest! {
    #[test]
    fn changed_bytes_are_read_or_refused(
        changes in proptest::collection::vec((0..MAIL.len(), any::<u8>()), 0..20),
        cut in 0..MAIL.len(),
    ) {
        let mut bytes = MAIL.as_bytes().to_vec();
        for (at, byte) in changes {
            bytes[at] = byte;
        }
        bytes.truncate(cut.max(100));
        let entry = entry(bytes);
        head::sniff(&entry);
        let _ = read(&entry, &mut |_| {});
    }
}
