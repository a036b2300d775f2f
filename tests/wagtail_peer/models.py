"""The parts of a blog in Wagtail: its tree of pages, its people, its settings and its foot."""

from __future__ import annotations

from django.db import models
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from taggit.models import TaggedItemBase
from wagtail.blocks import (
    CharBlock,
    ChoiceBlock,
    RichTextBlock,
    StreamBlock,
    StructBlock,
    TextBlock,
)
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.contrib.settings.models import BaseGenericSetting, BaseSiteSetting, register_setting
from wagtail.embeds.blocks import EmbedBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    Orderable,
    Page,
    PreviewableMixin,
    RevisionMixin,
    TranslatableMixin,
    WorkflowMixin,
)
from wagtail.search import index


class Heading(StructBlock):
    words = CharBlock()
    size = ChoiceBlock(choices=[("h2", "2"), ("h3", "3"), ("h4", "4")], required=False)

    class Meta:
        template = "blocks/heading.html"


class Picture(StructBlock):
    image = ImageChooserBlock()
    caption = CharBlock(required=False)
    credit = CharBlock(required=False)

    class Meta:
        template = "blocks/picture.html"


class Look(StructBlock):
    theme = ChoiceBlock(choices=[("plain", "Plain"), ("strong", "Strong")], default="plain")


class Quote(StructBlock):
    words = TextBlock()
    speaker = CharBlock(required=False)
    look = Look()

    class Meta:
        template = "blocks/quote.html"


class Body(StreamBlock):
    heading = Heading()
    paragraph = RichTextBlock(template="blocks/paragraph.html")
    picture = Picture()
    quote = Quote()
    embed = EmbedBlock()


def _image() -> models.ForeignKey:
    return models.ForeignKey(
        "wagtailimages.Image", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )


class Person(
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    index.Indexed,
    ClusterableModel,
):
    first_name = models.CharField(max_length=254)
    last_name = models.CharField(max_length=254)
    work = models.CharField(max_length=254)
    image = _image()


class Foot(DraftStateMixin, RevisionMixin, PreviewableMixin, TranslatableMixin, models.Model):
    words = RichTextField()

    class Meta(TranslatableMixin.Meta):
        pass

    def __str__(self) -> str:
        return "Foot"


@register_setting
class Links(ClusterableModel, PreviewableMixin, BaseGenericSetting):
    code = models.URLField(blank=True)
    news = models.URLField(blank=True)
    home = models.URLField(blank=True)


@register_setting
class Name(BaseSiteSetting):
    title_suffix = models.CharField(max_length=255)


class HomePage(Page):
    template = "base.html"
    image = _image()
    body = StreamField(Body(), blank=True)


class BlogIndexPage(RoutablePageMixin, Page):
    template = "base.html"
    introduction = models.TextField(blank=True)
    image = _image()


class Authorship(Orderable):
    page = ParentalKey("BlogPage", related_name="authorships", on_delete=models.CASCADE)
    person = models.ForeignKey(Person, related_name="authorships", on_delete=models.CASCADE)


class Tagged(TaggedItemBase):
    content_object = ParentalKey("BlogPage", related_name="tagged", on_delete=models.CASCADE)


class BlogPage(Page):
    subtitle = models.CharField(max_length=255, blank=True)
    introduction = models.TextField(blank=True)
    image = _image()
    body = StreamField(Body(), blank=True)
    tags = ClusterTaggableManager(through=Tagged, blank=True)
    published = models.DateField(null=True, blank=True)

    def authors(self) -> list[Person]:
        shown = self.authorships.filter(person__live=True).select_related("person")
        return [one.person for one in shown]

    @property
    def tags_with_links(self) -> models.QuerySet:
        tags, index_page = self.tags.all(), self.get_parent().url
        for tag in tags:
            tag.url = f"{index_page}tags/{tag.slug}/"
        return tags
