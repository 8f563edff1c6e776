using System.Collections.Immutable;
using System.Text.Json.Nodes;
using RpcStore.CodeGen.Patterns;

namespace RpcStore.CodeGen.Model;

/// <summary>What a value can be: the supported part of JSON Schema, free of any notion of a language.</summary>
public abstract record ContractType;

/// <summary>Text.</summary>
/// <param name="Name">Its schema's name, or one made from where it stands.</param>
/// <param name="MinLength">Code points at the least.</param>
/// <param name="MaxLength">Code points at the most; null for no limit.</param>
/// <param name="Pattern">What it must match as a whole; null for anything.</param>
public sealed record StringType(string Name, int MinLength, int? MaxLength, Pattern? Pattern) : ContractType;

/// <summary>One of a few strings.</summary>
/// <param name="Name">The type's name, unique in the contract.</param>
/// <param name="Description">What it means.</param>
/// <param name="Values">The strings on the wire.</param>
public sealed record EnumType(string Name, string Description, ImmutableArray<string> Values) : ContractType;

/// <summary>A blob's id.</summary>
public sealed record BlobIdType : ContractType;

/// <summary>A moment as an RFC 3339 string.</summary>
public sealed record TimeType : ContractType;

/// <summary>Bytes as base64 (RFC 4648 section 4, padded).</summary>
public sealed record BytesType : ContractType;

/// <summary>An integer of 64 bits.</summary>
/// <param name="Minimum">The least; null for no limit but the 64 bits.</param>
/// <param name="Maximum">The most; null for no limit but the 64 bits.</param>
public sealed record IntegerType(long? Minimum, long? Maximum) : ContractType;

/// <summary>True or false.</summary>
public sealed record BooleanType : ContractType;

/// <summary>The token of <c>$/progress</c> notifications: a string or an integer.</summary>
/// <param name="Value">What the notifications carry.</param>
public sealed record ProgressTokenType(ContractType Value) : ContractType;

/// <summary>A JSON object that is handed through as it is.</summary>
public sealed record RawJsonType : ContractType;

/// <summary>A list.</summary>
/// <param name="Item">What it holds.</param>
/// <param name="MinItems">Items at the least.</param>
/// <param name="MaxItems">Items at the most; null for no limit.</param>
public sealed record ArrayType(ContractType Item, int MinItems, int? MaxItems) : ContractType;

/// <summary>An object with known members and no others.</summary>
/// <param name="Name">The type's name, unique in the contract.</param>
/// <param name="Description">What it means.</param>
/// <param name="Fields">Its members in the order of the contract.</param>
public sealed record ObjectType(string Name, string Description, ImmutableArray<Field> Fields) : ContractType;

/// <summary>A named place for a value: a parameter, or a member of an object.</summary>
/// <param name="Name">Its name on the wire.</param>
/// <param name="Description">What it means.</param>
/// <param name="Required">Whether it must be there.</param>
/// <param name="Type">What it can be.</param>
/// <param name="Default">What counts when it is left out; null when that means something of its own.</param>
public sealed record Field(string Name, string Description, bool Required, ContractType Type, JsonNode? Default);
