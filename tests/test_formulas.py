"""Dollars and formulas: which text is a formula, what it shows, and what is said of one that cannot be read."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bylines import markup
from bylines.markup import MarkupOptions, dollars, fill
from bylines.markup.formulas import Formulas, readable
from bylines.markup.maths import FormulaError, to_mathml

_OPTIONS = MarkupOptions()


def _html(source: str) -> str:
    return fill(markup.read(source, "md", _OPTIONS)[0].content, {}, {})


@pytest.mark.parametrize(
    "text",
    [
        "PATH=$HOME/bin:$PATH",
        "s3://${Bucket}/${Folder}",
        "$5 and $10",
        "US$ 5–$7",
        "$(cmd) and $(other)",
        "$1,$2",
        "$A$1:$B$2",
        "$('x') and $('y')",
        "$ ls and $ cd",
        "$a = $b",
        "^a$|^b$",
        "$.a,$.b",
        "$_GET['x'], $_POST['y']",
        "kill $$ or echo $$x",
        "${{ env.X }} and ${{ env.Y }}",
        "the $, €, and £; the £, $",
        "$5 in cash, 10$ in coins",
        "a$x$ and $x$b",
        "$a->$b",
        "A$ and NZ$",
        "cost is $1,667.84 net) lives here, derived $/hr and STR",
        "if [ $a -eq $b ]; then",
        "${HOME}/${USER}",
        "$HOME/$(date)",
        "$, € and £ or $",
        "The shell's $$ is its pid, and $$ is its own.",
        "Make has $$HOME and $$; pay $$ for $$ now",
        "In make, $$ stands for one and $$ for another",
    ],
)
def test_prices_and_variables_are_text(text: str) -> None:
    assert _html(text).replace("&gt;", ">").replace("&amp;", "&") == f"<p>{text}</p>\n"


@pytest.mark.parametrize(
    "text",
    [
        "$x$",
        "$x$, then",
        "($x$)",
        "**$x$**",
        "$`x`$",
        "$$x$$",
        "so $$ x = y $$ holds",
        "so $$ a b $$ holds",
        "$$\nfoo bar\n$$",
        '"$x$"',
        "$x$-axis",
        "设$x$为",
        "그$x$는",
        "a $x\nand y$ b",
        "> $x$",
        "- $x$",
        "| a |\n|-|\n| $x$ |",
        "$x\\$y$",
        "```math\nx\n```",
        "It costs $5; $x^2$ is free",
        "$2 + 2$",
        "$10^{-4}$",
        "where$$\\frac12$$",
        "$n$(of many)",
        "$n + 1$(n)",
        "「$,$」",
        "$)($",
        "$V'$(x)",
        "$1-LIS$",
    ],
)
def test_formulas_stay_formulas(text: str) -> None:
    assert _html(text).count("<math") == 1
    assert "maths-error" not in _html(text)


def test_words_between_two_dollars_are_markdown() -> None:
    assert _html("$HOME *and* [link](/x/$y/$z) `$a` $PATH") == (
        '<p>$HOME <em>and</em> <a href="/x/$y/$z">link</a> <code>$a</code> $PATH</p>\n'
    )


def test_code_and_attributes_keep_their_dollars() -> None:
    text = '```sh\necho $HOME:$PATH\n```\n\n    $a:$b\n\n<b title="$a:$b">c</b> <https://x.example/$a/$b>\n'
    assert _html(text).count("$") == 10
    assert not any(sign in _html(text) for sign in dollars._SIGNS)


@given(st.text(alphabet="$` \n\\ab1{}()|_*<>/.,;", max_size=200))
def test_no_dollar_is_ever_lost_that_begins_no_formula(text: str) -> None:
    given, sign = dollars.hide(text)
    assert dollars.restore(given, sign) == text if sign else given == text


@pytest.mark.parametrize("text", ["$a $b ", "$", "$a$$b$$$", "\\", "\\$", "$$ $ ", "`$", "$`"])
def test_the_time_for_dollars_grows_with_their_number(text: str) -> None:
    began = time.perf_counter()
    dollars.hide(text * 100_000)
    assert time.perf_counter() - began < 10


@pytest.mark.parametrize(
    ("latex", "shown"),
    [
        (r"x \tag{1}", "(1)"),
        (r"x \tag*{A}", "A"),
        (r"x \tag{1'}", "(1’)"),
        (r"\begin{split} a&=b\\ &=c\end{split}", "<mtable"),
        (r"\begin{equation}\begin{split} a&=b\end{split}\end{equation}", "<mtable"),
        (r"\mbox{if } x", "if\u00a0"),
        (r"\textbf{bold}", "<b>bold</b>"),
        (r"\textit{it}", "<i>it</i>"),
        (r"\texttt{tt}", "<code>tt</code>"),
        (r"\text{a $x$ b}", "<mi>x</mi>"),
        (r"\text{a_b}", "a_b"),
        (r"\operatorname{foo} x", "foo"),
        (r"\DeclareMathOperator{\foo}{foo} \foo x", "foo"),
        (r"\mathbb{R}", "ℝ"),
        (r"\begin{align} a&=b \\ c&=d \end{align}", "<mtable"),
        (r"\begin{eqnarray} a&=&b\end{eqnarray}", "<mtable"),
        (r"\boxed{x}", "<mi>x</mi>"),
        (r"\begin{alignat}{2} a&=b&c&=d\end{alignat}", "<mtable"),
        (r"\begin{smallmatrix} a&b\end{smallmatrix}", "<mtable"),
        (r"\href{https://x.example}{x}", "<mi>x</mi>"),
        (r"\color{#ff0000} x", 'mathcolor="#FF0000"'),
        (r"\textcolor{#f00}{x}", 'mathcolor="#FF0000"'),
        (r"\require{mhchem} x", "<mi>x</mi>"),
        (r"\newcommand{\R}{\mathbb{R}} \R", "ℝ"),
        (r"\newcommand{\foo}[1]{x_{#1}} \foo{2}", "<msub>"),
        (r"\label{a} x", "<mi>x</mi>"),
        (r"\sum_{\substack{i\\j}} x", "<mtable"),
        (r"\begin{matrix} a\cr b\end{matrix}", "<mtr>"),
        (r"\begin{array}{c|c} a&b\\ \hline c&d\end{array}", "<mtable"),
        (r"\[x\]", "<mi>x</mi>"),
        (r"\left<x\right>", "⟨"),
        (r"\operatorname{\mathsf{CZT}}", "𝖢"),
        ("x\\\ny", "<mtext>"),
        (r"\SI{5}{km}", "km"),
        (r"\large x", "<mi>x</mi>"),
    ],
)
def test_commands_that_people_know_from_elsewhere_are_shown(latex: str, shown: str) -> None:
    found = to_mathml(latex, display=True)
    assert shown in found
    assert "href" not in found
    assert " id=" not in found
    assert "style=" not in found.replace("displaystyle=", "")


def test_formulas_get_no_number_that_nobody_gave_them() -> None:
    assert "(1)" not in to_mathml(r"\begin{equation} x \end{equation}", display=True)
    assert "(1)" not in to_mathml(r"\begin{align} a &= b \\ c &= d \end{align}", display=True)


def test_a_command_that_one_formula_defines_is_known_to_the_next() -> None:
    text = "$$\\newcommand{\\harbour}{\\mathrm{Hafen}} \\DeclareMathOperator{\\tide}{tide}$$\n\n$\\harbour + \\tide x$"
    assert "Hafen" in _html(text)
    assert "maths-error" not in _html(text)


def test_a_reference_shows_the_tag_of_its_formula() -> None:
    assert "(7)" in _html("By $\\eqref{tide}$\n\n$$x \\tag{7}\\label{tide}$$").partition("</p>")[0]


@pytest.mark.parametrize(
    ("latex", "reason", "line"),
    [
        (r"\foo x", r"\foo is not known", 0),
        ("a \\\\\n\\foo x", r"\foo is not known", 1),
        (r"\begin{foo}x\end{foo}", r"\begin{foo} is not known", 0),
        (r"\ce{H2O}", r"\ce is not known", 0),
        (r"\cssId{x}{y}", r"\cssId is not known", 0),
        (r"\def\a{\a}\a", "a command is defined by itself", 0),
        ("{x", "a } is missing", 0),
        ("x^", "something is missing after a command, ^ or _", 0),
        ("x & y", "& cannot stand here", 0),
    ],
)
def test_a_formula_that_cannot_be_read_names_its_command(latex: str, reason: str, line: int) -> None:
    with pytest.raises(FormulaError) as caught:
        to_mathml(latex, display=True)
    assert (str(caught.value), caught.value.line) == (reason, line)
    assert latex.replace("&", "&amp;") in Formulas().html(latex, display=True)


@pytest.mark.parametrize(
    ("latex", "words"),
    [
        ("E=mc^2", "E = mc²"),
        (r"\frac{a+b}{c}", "(a + b)/c"),
        (r"\sqrt{x}", "√x"),
        (r"\alpha \le 3", "α ≤ 3"),
        ("x_1", "x₁"),
        ("x'", "x′"),
        (r"\cos \varphi", "cos φ"),
        (r"\text{if } x", "if x"),
        ("x^{n+1}", "xⁿ⁺¹"),
        (r"\mathbb{R}", "ℝ"),
    ],
)
def test_a_formula_has_readable_words(latex: str, words: str) -> None:
    assert " ".join(readable(to_mathml(latex, display=False)).split()) == words


def test_a_long_formula_among_words_scrolls_in_itself() -> None:
    assert 'class="m-long"' in _html("A $a+b+c+d+e+f+g+h+i+j+k+l+m+n+o$ b")
    assert "m-long" not in _html("A $x^2$ b")


def test_an_operator_before_words_has_its_space() -> None:
    found = _html("$$\n\\begin{aligned} a &= b \\\\ &= \\text{so} \\\\ &= \\text{if } x \\end{aligned}\n$$\n")
    assert found.count("<mi></mi><mo>=</mo><mtext>so</mtext></mtd>") == 1
    assert found.count("<mi></mi>") == 1
