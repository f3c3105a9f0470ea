#!/usr/bin/python3
"""Makes the expected results of the Markdown tests with the real Python-Markdown and Pygments.

    /usr/bin/python3 scripts/markdown-cases.py           # write NAME.json beside each NAME.md
    /usr/bin/python3 scripts/markdown-cases.py --stream  # JSON lines {"text"} in, {"html", "toc"} out (for fuzzing)

Needs Debian 12's python3-markdown (3.4.1) and python3-pygments (2.14), the versions the blog runs. What these two do is
theirs; the five small extensions that only the blog has are written anew here, from what they do (docs/markdown.md).
"""
import json
import pathlib
import re
import sys
import unicodedata
import xml.etree.ElementTree as etree

import markdown
import pygments
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.extensions.codehilite import CodeHiliteExtension
from markdown.extensions.toc import TocExtension
from markdown.inlinepatterns import InlineProcessor, SimpleTagInlineProcessor
from markdown.postprocessors import Postprocessor
from pygments.formatters import HtmlFormatter

CONTENT = pathlib.Path(__file__).parent.parent / 'tests/content'
CASES = [CONTENT / 'markdown/cases', CONTENT / 'highlight/cases']


def slugify(value, _separator):
    """The ids of headings, as Django makes them with letters of any script allowed."""
    value = re.sub(r'[^\w\s-]', '', unicodedata.normalize('NFKC', value).lower())
    return re.sub(r'[-\s]+', '-', value).strip('-_')


class LanguageFormatter(HtmlFormatter):
    """Names the language in the class of the code element."""

    def __init__(self, lang_str='', **options):
        super().__init__(**options)
        self.lang_str = lang_str

    def _wrap_code(self, source):
        yield 0, f'<code class="{self.lang_str}">'
        yield from source
        yield 0, '</code>'


class Checklist(Extension):
    """Boxes at the start of list items, made in the finished HTML."""

    class Boxes(Postprocessor):
        def run(self, text):
            text = re.sub(r'<ul>\n(?=<li>\[[ Xx]\])', '<ul class="checklist">\n', text)
            return re.sub(r'^<li>\[([ Xx])\](.*)</li>$', self.box, text, flags=re.MULTILINE)

        def box(self, match):
            checked = '' if match.group(1) == ' ' else ' checked'
            return f'<li><input type="checkbox" disabled{checked}>{match.group(2)}</li>'

    def extendMarkdown(self, md):
        md.postprocessors.register(self.Boxes(md), 'checklist', 50)


class Del(Extension):
    """Struck out text."""

    def extendMarkdown(self, md):
        md.inlinePatterns.register(SimpleTagInlineProcessor(r'(~~)(.+?)~~', 'del'), 'del', 175)


class Icon(Extension):
    """Signs of the icon font."""

    class Sign(InlineProcessor):
        def handleMatch(self, match, data):
            sign = etree.Element('i')
            sign.set('class', 'fa fa-' + match.group(1))
            return sign, match.start(0), match.end(0)

    def extendMarkdown(self, md):
        md.inlinePatterns.register(self.Sign(r'(?<![A-Za-z0-9_-])icon:([a-z0-9][a-z0-9-]*)', md), 'icon', 174)


class Container(BlockProcessor):
    """Blocks between a line of colons with a name and one without."""

    opening = closing = None

    def test(self, parent, block):
        return re.match(self.opening, block)

    def run(self, parent, blocks):
        original = blocks[0]
        match = re.match(self.opening, original)
        blocks[0] = original[match.end():]
        for number, block in enumerate(blocks):
            if re.search(self.closing, block):
                blocks[number] = re.sub(self.closing, '', block)
                self.parser.parseBlocks(self.open(parent, match), blocks[:number + 1])
                del blocks[:number + 1]
                return True
        blocks[0] = original
        return False


class Alert(Container):
    opening = r'^ {0,3}::: *(primary|secondary|success|danger|warning|info)(?: +([^\n]*))?(?:\n|$)'
    closing = r'(?:^|\n) {0,3}:::[ \n]*$'

    def open(self, parent, match):
        kind, title = match.group(1), (match.group(2) or '').strip()
        box = etree.SubElement(parent, 'div', {'class': 'alert alert-' + kind, 'role': 'alert'})
        if title:
            strong = etree.SubElement(etree.SubElement(box, 'p'), 'strong')
            sign = 'warning' if kind in ('warning', 'danger') else 'info-circle'
            etree.SubElement(strong, 'i', {'class': f'fa fa-{sign} mr-1'})
            etree.SubElement(strong, 'span').text = title
        return box


class CodeGroup(Container):
    opening = r'^ {0,3}:::: *code-group *(?:\n|$)'
    closing = r'(?:^|\n) {0,3}::::[ \n]*$'

    def open(self, parent, match):
        return etree.SubElement(parent, 'div', {'class': 'tab-content code-group', 'id': 'nav-' + '0' * 12})


class CodeItem(Container):
    opening = r'^ {0,3}::: *code-item(?: +([^\n]*))?(?:\n|$)'
    closing = r'(?:^|\n) {0,3}:::[ \n]*$'

    def open(self, parent, match):
        return etree.SubElement(parent, 'div', {
            'class': 'tab-pane fade', 'id': 'nav-' + '0' * 12, 'role': 'tabpanel', 'data-code-id': '0' * 12,
            'data-code-name': (match.group(1) or '').strip(), 'aria-labelledby': 'nav-' + '0' * 12 + '-tab',
        })


class Containers(Extension):
    def extendMarkdown(self, md):
        md.parser.blockprocessors.register(CodeGroup(md.parser), 'code-group', 177)
        md.parser.blockprocessors.register(CodeItem(md.parser), 'code-item', 176)
        md.parser.blockprocessors.register(Alert(md.parser), 'alert', 175)


def render(text):
    md = markdown.Markdown(extensions=[
        'extra', Checklist(), CodeHiliteExtension(pygments_formatter=LanguageFormatter), TocExtension(slugify=slugify),
        Del(), Icon(), Containers(),
    ])
    html = md.convert(text)
    return html, md.toc


def stream():
    for line in sys.stdin:
        try:
            html, toc = render(json.loads(line)['text'])
            answer = {'html': html, 'toc': toc}
        except Exception as error:  # the blog would fail too; the one who asks wants to know
            answer = {'error': repr(error)[:200]}
        print(json.dumps(answer), flush=True)


def main():
    versions = markdown.__version__, pygments.__version__
    if versions != ('3.4.1', '2.14.0'):
        sys.exit(f'expected Python-Markdown 3.4.1 and Pygments 2.14.0, found {versions}')
    if '--stream' in sys.argv:
        stream()
        return
    for source in sorted(path for folder in CASES for path in folder.glob('*.md')):
        html, toc = render(source.read_text('utf-8'))
        expected = json.dumps({'html': html, 'toc': toc}, ensure_ascii=False, indent=2)
        source.with_suffix('.json').write_text(expected + '\n', 'utf-8')


main()
