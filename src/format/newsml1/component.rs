//! One news item to its stories: the components that have a headline and text of their own.

use crate::model::{PublishedFrom, Status, Story};
use crate::text::copy::{self, add, add_note, fill, same_agency};
use crate::text::iso_times::iso;
use crate::text::markup::{self, Node, attribute, below, child, children, inline, line};

/// Parts of the roles of components that hold no story.
const OTHER_ROLES: &[&str] =
    &["caption", "thumbnail", "preview", "summary", "teaser", "title", "headline"];

/// The stories of an item, without those of items within it.
pub(super) fn stories(item: Node<'_, '_>) -> Vec<Story> {
    let mut groups: Vec<(Node<'_, '_>, Vec<Node<'_, '_>>)> = Vec::new();
    for content in below(item, "ContentItem").filter(|content| is_of(*content, item)) {
        if !is_text(content) {
            continue;
        }
        let Some(head) = headed(content, item) else { continue };
        match groups.iter_mut().find(|(known, _)| *known == head) {
            Some((_, contents)) => contents.push(content),
            None => groups.push((head, vec![content])),
        }
    }
    if groups.is_empty() && !below(item, "ContentItem").any(|content| is_of(content, item)) {
        // An alert has a headline and nothing below it.
        groups.extend(
            child(item, "NewsComponent")
                .filter(|head| has_headline(*head))
                .map(|head| (head, Vec::new())),
        );
    }
    let several = groups.len() > 1;
    let mut stories = Vec::new();
    for (number, (head, contents)) in groups.into_iter().enumerate() {
        let mut story = story(item, head, &contents);
        if several && number > 0 {
            let part = attribute(head, "Duid");
            let part = if part.is_empty() { (number + 1).to_string() } else { part.to_owned() };
            story.id = format!("{}#{part}", story.id);
        }
        if !story.title.is_empty() || !story.body.is_empty() {
            stories.push(story);
        }
    }
    stories
}

/// Whether a node stands in an item itself and in no item within it.
fn is_of(node: Node<'_, '_>, item: Node<'_, '_>) -> bool {
    node.ancestors().find(|other| other.tag_name().name() == "NewsItem") == Some(item)
}

/// Whether a content item is the text of a story: no picture, no caption, and not elsewhere.
fn is_text(content: Node<'_, '_>) -> bool {
    let media = child(content, "MediaType").map(|media| attribute(media, "FormalName"));
    let kind = media.unwrap_or_default().to_ascii_lowercase();
    let mime = child(content, "MimeType").map(|mime| attribute(mime, "FormalName"));
    let mime = mime.unwrap_or("text").to_ascii_lowercase();
    let is_text = matches!(kind.as_str(), "" | "text" | "complexdata")
        && ["text", "xml", "html"].iter().any(|part| mime.contains(part));
    let component = content.ancestors().find(|other| other.tag_name().name() == "NewsComponent");
    let role = component.and_then(|component| child(component, "Role"));
    let role =
        role.map(|role| attribute(role, "FormalName").to_ascii_lowercase()).unwrap_or_default();
    is_text
        && child(content, "DataContent").is_some()
        && !OTHER_ROLES.iter().any(|other| role.contains(other))
}

fn has_headline(component: Node<'_, '_>) -> bool {
    let lines = child(component, "NewsLines");
    lines
        .and_then(|lines| child(lines, "HeadLine"))
        .is_some_and(|headline| !line(headline).is_empty())
}

/// The nearest component around a content that has a headline, else the outermost of its item.
fn headed<'a, 'i>(content: Node<'a, 'i>, item: Node<'a, 'i>) -> Option<Node<'a, 'i>> {
    let mut outermost = None;
    for around in content.ancestors().take_while(|around| *around != item) {
        if around.tag_name().name() == "NewsComponent" {
            if has_headline(around) {
                return Some(around);
            }
            outermost = Some(around);
        }
    }
    outermost
}

fn story(item: Node<'_, '_>, head: Node<'_, '_>, contents: &[Node<'_, '_>]) -> Story {
    let mut story = Story::default();
    if let Some(management) = child(item, "NewsManagement") {
        take_management(&mut story, management);
        story.found_in("NewsManagement");
    }
    // What a component does not say, those around it do; between it and the content, others may.
    let mut components: Vec<Node<'_, '_>> = Vec::new();
    let inner = contents.first().copied().unwrap_or(head);
    for around in inner.ancestors().take_while(|around| *around != item) {
        if around.tag_name().name() == "NewsComponent" {
            components.push(around);
        }
    }
    for component in &components {
        take_lines(&mut story, *component);
        take_parties(&mut story, *component);
        story.found_in("AdministrativeMetadata");
        take_description(&mut story, *component);
        story.found_in("DescriptiveMetadata");
    }
    for content in contents {
        if let Some(head) = below(*content, "body.head").next() {
            take_nitf_head(&mut story, head);
            story.found_in("DataContent/body.head");
        }
    }
    if let Some(component) = components.last().filter(|_| story.title.is_empty()) {
        fill(&mut story.title, &title_component(*component));
        story.found_in("NewsComponent of the role Title");
    }
    take_identification(&mut story, item);
    story.found_in("Identification");
    fill(&mut story.language, &copy::language(attribute(item, "lang")));
    story.found_in("NewsItem/@xml:lang");
    let located = located(&components);
    copy::set_body(&mut story, &located, paragraphs(&components, contents));
    story.found_in("ContentItem/DataContent");
    story.published = story.published.or(story.updated);
    story.published_from = story.published.map(|_| PublishedFrom::Metadata);
    story
}

/// The text of a component that is there for the headline alone.
fn title_component(component: Node<'_, '_>) -> String {
    let role = |role: &Node<'_, '_>| {
        ["title", "headline"]
            .iter()
            .any(|name| attribute(*role, "FormalName").eq_ignore_ascii_case(name))
    };
    let titled = below(component, "Role").find(role).and_then(|role| role.parent());
    let content = titled.and_then(|component| below(component, "DataContent").next());
    content.map(line).unwrap_or_default()
}

/// The paragraphs of all contents, or of the longest where they are forms of the same.
fn paragraphs(components: &[Node<'_, '_>], contents: &[Node<'_, '_>]) -> Vec<String> {
    let equivalent =
        components.iter().any(|component| attribute(*component, "EquivalentsList") == "yes");
    let mut all: Vec<Vec<String>> = contents
        .iter()
        .filter_map(|content| child(*content, "DataContent"))
        .map(inline::content)
        .collect();
    if equivalent {
        all.sort_by_key(|paragraphs| {
            std::cmp::Reverse(paragraphs.iter().map(String::len).sum::<usize>())
        });
        all.truncate(1);
    }
    all.concat()
}

fn take_identification(story: &mut Story, item: Node<'_, '_>) {
    let Some(identification) = child(item, "Identification") else { return };
    let label = |name| child(identification, name).map(line).unwrap_or_default();
    fill(&mut story.slug, &label("NameLabel"));
    let Some(identifier) = child(identification, "NewsIdentifier") else { return };
    let part = |name| child(identifier, name).map(line).unwrap_or_default();
    story.version = part("RevisionId");
    story.id = part("PublicIdentifier");
    if story.id.is_empty() {
        let parts = [part("ProviderId"), part("DateId"), part("NewsItemId"), part("RevisionId")];
        story.id = format!("urn:newsml:{}", parts.join(":"));
    }
    if story.source.is_empty() {
        fill(&mut story.source, &part("ProviderId"));
    }
}

fn take_management(story: &mut Story, management: Node<'_, '_>) {
    let formal = |name| {
        child(management, name).map(|part| attribute(part, "FormalName")).unwrap_or_default()
    };
    let time = |name| child(management, name).and_then(|part| iso(&line(part)));
    story.published = time("FirstCreated");
    story.updated = time("ThisRevisionCreated");
    let status = formal("Status").to_ascii_lowercase();
    story.status = match status.as_str() {
        "canceled" | "cancelled" => Status::Canceled,
        "withheld" => Status::Withheld,
        _ => Status::Usable,
    };
    if let Some(change) = child(management, "StatusWillChange") {
        let time = child(change, "DateAndTime").and_then(|time| iso(&line(time)));
        story.embargo = time.filter(|_| status == "embargoed");
    }
}

fn take_lines(story: &mut Story, component: Node<'_, '_>) {
    let Some(lines) = child(component, "NewsLines") else { return };
    for part in lines.children().filter(Node::is_element) {
        let text = line(part);
        let place = match part.tag_name().name() {
            "HeadLine" => {
                fill(&mut story.title, &text);
                fill(&mut story.language, &copy::language(attribute(part, "lang")));
                "NewsLines/HeadLine"
            }
            "ByLine" | "BylineTitle" => {
                for name in copy::writers(&text) {
                    add(&mut story.bylines, &name);
                }
                "NewsLines/ByLine"
            }
            "DateLine" => {
                fill(&mut story.place, &copy::place(&text));
                "NewsLines/DateLine"
            }
            "CreditLine" => {
                fill(&mut story.credit, &text);
                "NewsLines/CreditLine"
            }
            "SlugLine" => {
                fill(&mut story.slug, &text);
                "NewsLines/SlugLine"
            }
            "KeywordLine" => {
                add(&mut story.keywords, &text);
                "NewsLines/KeywordLine"
            }
            "NewsLine" => {
                take_news_line(story, part);
                "NewsLines/NewsLine"
            }
            _ => continue,
        };
        story.found_in(place);
    }
}

/// A line of an agency's own kind.
fn take_news_line(story: &mut Story, news_line: Node<'_, '_>) {
    let kind = child(news_line, "NewsLineType").map(|kind| attribute(kind, "FormalName"));
    let kind = kind.unwrap_or_default().to_ascii_lowercase();
    for text in children(news_line, "NewsLineText").map(line) {
        if ["note", "advis", "instruction", "message"].iter().any(|part| kind.contains(part)) {
            add_note(story, &text);
        } else if kind.contains("keyword") {
            add(&mut story.keywords, &text);
        } else if kind.contains("slug") {
            fill(&mut story.slug, &text);
        }
    }
}

/// The provider publishes it, the source is where it came from; creators may be writers.
fn take_parties(story: &mut Story, component: Node<'_, '_>) {
    let Some(metadata) = child(component, "AdministrativeMetadata") else { return };
    let party = |name: &'static str| {
        let parties = children(metadata, name).flat_map(|role| children(role, "Party"));
        parties
            .map(|party| attribute(party, "FormalName"))
            .find(|name| !name.is_empty() && !name.starts_with('#'))
    };
    let (provider, source) = (party("Provider"), party("Source"));
    fill(&mut story.source, provider.or(source).unwrap_or_default());
    let credit = source.filter(|source| !same_agency(source, &story.source));
    fill(&mut story.credit, credit.unwrap_or_default());
    if same_agency(&story.credit, &story.source) {
        story.credit.clear();
    }
    if story.bylines.is_empty() {
        story.bylines = party("Creator").map(copy::writers).unwrap_or_default();
        story.bylines.retain(|name| !same_agency(name, &story.source));
    }
    for property in children(metadata, "Property") {
        let (name, value) = (attribute(property, "FormalName"), attribute(property, "Value"));
        match name.to_ascii_lowercase().as_str() {
            "department" | "section" | "desk" => fill(&mut story.section, value),
            "ednote" | "editorialnote" | "editorsnote" => add_note(story, value),
            _ => {}
        }
    }
}

fn take_description(story: &mut Story, component: Node<'_, '_>) {
    take_topics(story, component);
    let Some(metadata) = child(component, "DescriptiveMetadata") else { return };
    for part in metadata.children().filter(Node::is_element) {
        let name = attribute(part, "FormalName");
        match part.tag_name().name() {
            "Language" => fill(&mut story.language, &copy::language(name)),
            "Property" => {
                take_property(story, &name.to_ascii_lowercase(), attribute(part, "Value"))
            }
            "SubjectCode" => {
                for subject in part.children().filter(Node::is_element) {
                    let name = attribute(subject, "FormalName");
                    if name.contains(char::is_alphabetic) {
                        add(&mut story.keywords, name);
                    }
                }
            }
            _ => {}
        }
    }
}

fn take_property(story: &mut Story, name: &str, value: &str) {
    match name {
        "keyword" | "keywords" => add(&mut story.keywords, value),
        "person" | "personname" => add(&mut story.people, value),
        "section" | "category" => fill(&mut story.section, value),
        _ => {}
    }
}

/// The names of the topics that a component defines, in the story's language or the first.
fn take_topics(story: &mut Story, component: Node<'_, '_>) {
    for topic in children(component, "TopicSet").flat_map(|set| children(set, "Topic")) {
        let kind = child(topic, "TopicType").map(|kind| attribute(kind, "FormalName"));
        let names = || {
            children(topic, "Description").filter(|name| attribute(*name, "Variant") != "Category")
        };
        let own = names().find(|name| copy::language(attribute(*name, "lang")) == "en");
        let Some(name) = own.or_else(|| names().next()).map(line) else { continue };
        if kind.unwrap_or_default().eq_ignore_ascii_case("person") {
            add(&mut story.people, &name);
        } else {
            add(&mut story.keywords, &name);
        }
    }
}

/// Where the metadata say that it was written.
fn located(components: &[Node<'_, '_>]) -> String {
    let metadata =
        components.iter().filter_map(|component| child(*component, "DescriptiveMetadata"));
    let places = metadata.flat_map(|metadata| {
        let locations = children(metadata, "Location").filter(|place| {
            let how = attribute(*place, "HowPresent");
            how.is_empty() || how.eq_ignore_ascii_case("origin")
        });
        locations.flat_map(|location| children(location, "Property"))
    });
    let city =
        |property: &Node<'_, '_>| attribute(*property, "FormalName").eq_ignore_ascii_case("city");
    let mut cities = places.filter(city).map(|property| attribute(property, "Value"));
    cities.next().map(markup::one_line).unwrap_or_default()
}

/// What inline NITF says that the item's metadata do not.
fn take_nitf_head(story: &mut Story, head: Node<'_, '_>) {
    let headline = below(head, "hl1").next().map(line).unwrap_or_default();
    fill(&mut story.title, &headline);
    if story.bylines.is_empty() {
        story.bylines = inline::writers(head);
    }
    fill(&mut story.place, &inline::place(head));
}
