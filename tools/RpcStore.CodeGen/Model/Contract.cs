using System.Collections.Immutable;
using System.Text.Json.Nodes;
using RpcStore.CodeGen.Sources;

namespace RpcStore.CodeGen.Model;

/// <summary>The whole contract, understood: what every writer of every language works from.</summary>
/// <param name="Title">The product's name.</param>
/// <param name="Version">The contract's version.</param>
/// <param name="Domains">The domains in the order of the fragments.</param>
/// <param name="Errors">The error table.</param>
/// <param name="Routes">The HTTP routes beside the methods.</param>
public sealed record Contract(
    string Title, string Version, ImmutableArray<Domain> Domains, ImmutableArray<ContractError> Errors, ImmutableArray<Route> Routes)
{
    /// <summary>All methods in the order of the bundled document.</summary>
    public IEnumerable<Method> Methods => Domains.SelectMany(domain => domain.Methods);

    /// <summary>All types that have a name of their own, by domain.</summary>
    public IEnumerable<ContractType> NamedTypes => Domains.SelectMany(domain => domain.Types);
}

/// <summary>Methods and types that belong together: one fragment.</summary>
/// <param name="Name">What stands before the dot in the methods' names.</param>
/// <param name="Methods">Its methods.</param>
/// <param name="Types">Its enums and objects.</param>
/// <param name="Schemas">Its schemas of any kind by the name that <c>$ref</c> uses.</param>
public sealed record Domain(
    string Name, ImmutableArray<Method> Methods, ImmutableArray<ContractType> Types, ImmutableSortedDictionary<string, ContractType> Schemas);

/// <summary>A method.</summary>
/// <param name="Domain">What stands before the dot in its name.</param>
/// <param name="Verb">What stands behind it.</param>
/// <param name="Summary">One line on it.</param>
/// <param name="Description">More on it.</param>
/// <param name="Access">Who may call it: <c>guest</c>, <c>user</c> or <c>admin</c>.</param>
/// <param name="Journal">How the journal takes it: <c>change</c>, <c>read</c> or <c>query</c>.</param>
/// <param name="Parameters">In the order that counts when they go by position.</param>
/// <param name="Result">What it answers.</param>
/// <param name="Errors">What it can raise, groups resolved.</param>
/// <param name="Examples">At least one.</param>
public sealed record Method(
    string Domain,
    string Verb,
    string Summary,
    string Description,
    string Access,
    string Journal,
    ImmutableArray<Field> Parameters,
    Field Result,
    ImmutableArray<ContractError> Errors,
    ImmutableArray<Example> Examples)
{
    /// <summary>Its name on the wire.</summary>
    public string Name => $"{Domain}.{Verb}";
}

/// <summary>A call and what it answers.</summary>
/// <param name="Name">What it shows.</param>
/// <param name="Parameters">By name.</param>
/// <param name="Result">The answer; null when it is an error.</param>
/// <param name="Error">The error's name; null when it is a result.</param>
/// <param name="ResultIsPrefix">Whether the real answer has more members than are shown.</param>
/// <param name="Place">Where it stands.</param>
public sealed record Example(string Name, JsonObject Parameters, JsonNode? Result, string? Error, bool ResultIsPrefix, Place Place)
{
    /// <summary>Whether the real answer has the same members with other values.</summary>
    public bool ResultVaries { get; init; }

    /// <summary>Why it cannot be tried by itself; null when it can.</summary>
    public string? ShownOnly { get; init; }

    /// <summary>The call that comes before it; null when it needs none.</summary>
    public EarlierCall? After { get; init; }
}

/// <summary>A call that makes what an example needs.</summary>
/// <param name="Method">The method's name.</param>
/// <param name="Parameters">By name.</param>
/// <param name="Bind">The member of its result that is the example's parameter of the same name; null for none.</param>
public sealed record EarlierCall(string Method, JsonObject Parameters, string? Bind);

/// <summary>An error of the table.</summary>
/// <param name="Name">Its name, which is in <c>data.name</c>.</param>
/// <param name="Code">Its JSON-RPC code.</param>
/// <param name="Message">What it is in a few words.</param>
/// <param name="HttpStatus">Its status on HTTP routes.</param>
/// <param name="Retry">Whether a retry can help: <c>yes</c>, <c>no</c> or <c>maybe</c>.</param>
/// <param name="When">When it is raised.</param>
/// <param name="Data">The members that <c>data</c> may have beside <c>name</c>.</param>
public sealed record ContractError(
    string Name, int Code, string Message, int HttpStatus, string Retry, string When, ImmutableArray<Field> Data);

/// <summary>An HTTP route.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path, variable segments in braces.</param>
/// <param name="Access">Who may use it.</param>
/// <param name="Journal">How the journal takes it, as for a method.</param>
/// <param name="Summary">One line on it.</param>
/// <param name="Errors">How it writes errors: <c>json</c> or <c>text</c>.</param>
/// <param name="Body">The JSON document that it takes; null when it takes none.</param>
/// <param name="Result">The JSON document that it answers; null when it answers something else.</param>
public sealed record Route(
    string Method, string Path, string Access, string Journal, string Summary, string Errors, ObjectType? Body, ObjectType? Result);
