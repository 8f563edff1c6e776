using System.Collections.Immutable;
using RpcStore.CodeGen.Sources;

namespace RpcStore.CodeGen.Conversations;

/// <summary>Messages to a server and the answers it must give (spec/vectors/README.md).</summary>
/// <param name="Path">The file, relative to the root of the repository.</param>
/// <param name="Subject">The folder's name: a method, or <c>protocol</c>.</param>
/// <param name="Exchanges">In the order in which they are played.</param>
public sealed record Conversation(string Path, string Subject, ImmutableArray<Exchange> Exchanges);

/// <summary>Messages that are sent without waiting in between, and all their answers.</summary>
/// <param name="Shows">What is shown.</param>
/// <param name="Requests">The messages as they are sent, once placeholders are filled in.</param>
/// <param name="Answers">The answers in any order, with placeholders.</param>
public sealed record Exchange(string Shows, ImmutableArray<ConversationLine> Requests, ImmutableArray<ConversationLine> Answers);

/// <summary>A message.</summary>
/// <param name="Text">The text.</param>
/// <param name="Place">Where it stands: the file, and its line as the pointer.</param>
public sealed record ConversationLine(string Text, Place Place);
